/** Lock modes of a table as `pg_locks` names them, weakest first. Source: https://www.postgresql.org/docs/current/explicit-locking.html */
export const LOCK_MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const

export type LockMode = (typeof LOCK_MODES)[number]

/** `ACCESS EXCLUSIVE`, as LOCK TABLE writes it. */
export function toModeName(mode: LockMode): string {
  return mode
    .replace(/Lock$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()
}

/** What of a server waits while a table is locked so: nothing, who writes, or who reads too. */
export function waitsBehind(mode: LockMode): 'nothing' | 'writes' | 'reads and writes' {
  if (mode === 'AccessExclusiveLock') return 'reads and writes'
  return LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf('ShareLock') ? 'writes' : 'nothing'
}

/** A lock that a statement took on a table that others can see; one on an index counts as one on its table. */
export interface HeldLock {
  /** `public.trips`, as it was called before the transaction. */
  readonly relation: string
  readonly mode: LockMode
  /** From the beginning of the statement that took it to the end of its transaction, in ms. */
  readonly heldMs: number
  /** `transaction`: read in it. `outside`: seen by another session meanwhile. `text`: too short to be seen, told from the statement. */
  readonly seen: 'transaction' | 'outside' | 'text'
}

/** A table that Postgres wrote anew as a whole. */
export interface TableRewrite {
  readonly relation: string
  /** `a default for each row`, `another type`. */
  readonly reason: string
  /** Size of the table before it, without its indexes. */
  readonly bytes: number
}

/** What Postgres would do about one statement, as its text says. */
export interface PredictedCost {
  /** Strongest lock per table that the text names, `public.trips`. */
  readonly locks: Readonly<Record<string, LockMode>>
  /** Tables that would be written anew; `depends`: the text alone cannot tell. */
  readonly rewrites: Readonly<Record<string, boolean | 'depends'>>
}

/** What one statement of a migration cost on a clone. */
export interface StatementCost {
  readonly migration: string
  readonly file: string
  /** 1-based line in `file`. */
  readonly line: number
  /** How it begins. */
  readonly statement: string
  /** Number of its transaction within the phase, from 1. */
  readonly transaction: number
  readonly durationMs: number
  /** Per table, what is stronger than the lock that the transaction held before it; reading is none. */
  readonly locks: readonly HeldLock[]
  readonly rewrites: readonly TableRewrite[]
  /** Tables that others can see of which it read all rows, and how many rows in all. */
  readonly scans: readonly { readonly relation: string; readonly rows: number }[]
  /** What Postgres said it did: `verifying table "trips"`. */
  readonly said: readonly string[]
  /** Rows inserted, updated and deleted; null where nobody could count. */
  readonly rows: number | null
  /** Written ahead while it ran, by whatever ran on the server. */
  readonly walBytes: number
  /** Written to temporary files. */
  readonly tempBytes: number
  /** null: the text says nothing about locks. */
  readonly predicted: PredictedCost | null
}

/** A statement by its place and beginning. */
interface NamedStatement {
  readonly file: string
  readonly line: number
  readonly statement: string
}

/** What of a deploy costs more than its budget. */
export type CostFinding =
  | (NamedStatement & {
      readonly kind: 'lock-held-too-long'
      readonly table: string
      readonly mode: LockMode
      readonly heldMs: number
      readonly limitMs: number
      /** Rows of the table before the phase. */
      readonly rows: number
      /** The statement that took longest while the lock was held; null: the one that took it. */
      readonly longest: (NamedStatement & { readonly durationMs: number }) | null
    })
  | (NamedStatement & {
      readonly kind: 'rewrite-too-large'
      readonly table: string
      readonly reason: string
      readonly bytes: number
      readonly limitBytes: number
      readonly rows: number
    })
  | {
      readonly kind: 'deploy-too-long'
      readonly durationMs: number
      readonly limitMs: number
      readonly longest: NamedStatement & { readonly durationMs: number }
    }

/** What the statements of a phase cost, one after the other, grouped into transactions as the tool does. */
export interface CostRehearsal {
  readonly statements: readonly StatementCost[]
  /** All statements and commits, without the tool's own work, in ms. */
  readonly durationMs: number
  /** Most locks that one transaction held, and how many Postgres has room for per transaction there. */
  readonly slots: { readonly most: number; readonly perTransaction: number }
  /** Where the end state is not the one after the phase, or why it was not reached, in sentences: then nothing of it counts. */
  readonly differences: readonly string[]
  /** Where rows were multiplied: what it took at each size, smallest first; the last is this one. */
  readonly sizes?: readonly CostAtSize[]
}

/** What the statements of a phase took on a database of some size. */
export interface CostAtSize {
  /** Rows of all tables before phase 1. */
  readonly rows: number
  readonly durationMs: number
}
