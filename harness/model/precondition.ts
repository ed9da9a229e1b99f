/** What a statement needs of the rows that are there before its phase, as a condition that counts the rows against it. */
export interface Precondition {
  readonly migration: string
  /** Path relative to the project root. */
  readonly file: string
  /** 1-based line where the statement begins, and the one where it ends. */
  readonly line: number
  readonly endLine: number
  /** The statement's first words. */
  readonly statement: string
  /** `fails`: a counted row makes the statement fail. `loses`: the statement removes or changes what is counted. */
  readonly kind: 'fails' | 'loses'
  /** What is counted, in words: `rows of public.orders without a note`. */
  readonly counts: string
  /** One SELECT that returns one number and writes nothing; null where nothing can be asked. */
  readonly sql: string | null
  /** Why it cannot be asked, or what its count leaves out; null when neither. */
  readonly reason: string | null
  /** True: rows that the phase itself adds are not among the counted ones, so a count of 0 promises nothing. */
  readonly isLowerBound: boolean
}

/** The answer to a precondition: a number of rows, the SQLSTATE with which the condition itself failed on a row, or why there is none. */
export type RowAnswer =
  | { readonly rows: number }
  | { readonly refused: string }
  | { readonly unasked: string }

/** A precondition with what the snapshot and production answered. */
export interface AskedPrecondition extends Precondition {
  /** On the snapshot, in the state before the phase. */
  readonly snapshot: RowAnswer
  /** On production when the snapshot was captured; null when it was not asked this very condition. */
  readonly production: RowAnswer | null
}

/** What a capture asked of its source: the digest of the condition, and a number. */
export interface RecordedAnswer {
  /** SHA-256 of the condition's SQL, hex. */
  readonly sha256: string
  /** Rows that were counted; left out when the condition itself failed on a row. */
  readonly rows?: number
  /** SQLSTATE with which the condition failed. */
  readonly refused?: string
}

/** A statement that reads or constrains a column whose values a mask replaced. */
export interface MaskedRead {
  readonly file: string
  readonly line: number
  readonly endLine: number
  readonly statement: string
  /** `public.users.email`, as the snapshot names it. */
  readonly column: string
  /** Kind of the rule that masked it. */
  readonly rule: string
}
