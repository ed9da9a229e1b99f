/** HIPAA profiles a policy can claim, weakest protection first. Source: 45 CFR 164.514 (b)(2), (b)(1), (e). */
export const PROFILES = ['none', 'limited-data-set', 'expert-determination', 'safe-harbor'] as const
export type Profile = (typeof PROFILES)[number]

/** `policy.yaml` of a snapshot, parsed: what happens to each column of each table. No column has a default. */
export interface Policy {
  readonly format: 1
  /** The profile that the authors claim; `toStrongestProfile` says what the rules allow. */
  readonly claims: Profile
  /** Who vouches for the claim and until when; required for every claim but `none`. */
  readonly statement?: Statement
  /** Reasons why a value may stay, by a name that `keep` and `enum` rules refer to. */
  readonly reasons: Readonly<Record<string, Statement>>
  /** The day on which ages are computed, ISO date; needed by `year` with `birth`. */
  readonly asOf?: string
  /** Hash of the one known test password, in the format the application reads; needed by `password`. */
  readonly passwordHash?: string
  /** What becomes of the name of each role: `keep`, or another name. Absent in policies that say nothing of roles; names then stay. */
  readonly roles?: Readonly<Record<string, string>>
  /** Keyed by `<namespace>.<table>`. */
  readonly tables: Readonly<Record<string, TablePolicy>>
  readonly quasiIdentifiers: readonly QuasiIdentifiers[]
  readonly subset?: Subset
}

/** What a person vouches for. */
export interface Statement {
  readonly reason: string
  readonly owner: string
  /** ISO date after which the statement no longer counts. */
  readonly expires: string
}

/** What is done to one table. */
export interface TablePolicy {
  /** True when no rows are copied and the table is made empty. */
  readonly empty: boolean
  /** Present when every row and column stays, as a history of migrations must; `because` names the reason. */
  readonly whole?: { readonly because: string }
  /** Whose rows these are: dates of one subject shift together in all tables. */
  readonly subject?: SubjectKey
  /** Keyed by column. Generated columns have no rule: they are computed from the masked ones. */
  readonly columns: Readonly<Record<string, ColumnPolicy>>
}

/** How to find the subject of a row: a column of the row, or one reached through foreign keys. */
export interface SubjectKey {
  /** Kind of subject: `patient`. The same kind and value means the same person in all tables. */
  readonly kind: string
  /** Each step follows a foreign key of one column: `tripId -> public.trips`. */
  readonly via: readonly { readonly column: string; readonly table: string }[]
  /** Column of the row, or of the last table of `via`, that identifies the subject. */
  readonly column: string
}

/** What the policy says of one column. */
export interface ColumnPolicy {
  /**
   * Type as `format_type` prints it, types outside of pg_catalog with their namespace. When the column's type
   * changes, a person must look at it again.
   */
  readonly type: string
  readonly rule: Rule
}

/** What happens to a value. NULL stays NULL; each element of an array is masked by itself. */
export type Rule =
  | { readonly kind: 'keep'; readonly because: string }
  | { readonly kind: 'null' }
  /** The text Postgres reads as a value of the column's type. */
  | { readonly kind: 'constant'; readonly value: string }
  /**
   * Derived from the value with the key: the shape stays, different values stay different, equal values of one class
   * stay equal everywhere. `prefix` stays as it is.
   */
  | { readonly kind: 'surrogate'; readonly class: string; readonly prefix?: string }
  /**
   * Numbered within one capture in key order. The number is not derived from the value, and the mapping ends with the
   * capture.
   */
  | { readonly kind: 'number'; readonly class: string; readonly prefix?: string }
  /** A new identifier by pattern: `#` digit, `@` lower-case letter, `^` upper-case letter, `*` digit or lower-case letter. */
  | { readonly kind: 'identifier'; readonly class: string; readonly pattern: string }
  | {
      readonly kind: 'name'
      readonly part: 'full' | 'first' | 'last' | 'organisation'
      readonly class: string
    }
  /**
   * `keepValues` are test accounts of a reserved domain. With `caseless`, spellings in other case are the same
   * address.
   */
  | {
      readonly kind: 'email'
      readonly class: string
      readonly caseless: boolean
      readonly keepValues: readonly string[]
    }
  | { readonly kind: 'phone'; readonly class: string }
  | { readonly kind: 'address'; readonly part: 'street' | 'city' | 'full'; readonly class: string }
  | { readonly kind: 'zip3' }
  | { readonly kind: 'coordinate'; readonly axis: 'latitude' | 'longitude'; readonly class: string }
  /** Moved back by 1 to `days` whole days, the same for all dates of the row's subject. */
  | { readonly kind: 'date-shift'; readonly days: number }
  /** The first of January of the value's year; `birth` moves years that imply an age over 89. */
  | { readonly kind: 'year'; readonly birth: boolean }
  /** Ages over 89 become 90. */
  | { readonly kind: 'age' }
  /** Other words with the same number of characters. */
  | { readonly kind: 'free-text' }
  /** Values of the list stay; any other value stops the capture or becomes `otherwise`. */
  | {
      readonly kind: 'enum'
      readonly values: readonly string[]
      readonly otherwise?: string
      readonly because: string
    }
  | { readonly kind: 'url'; readonly class: string }
  | { readonly kind: 'ip'; readonly class: string }
  /** The policy's `passwordHash`. */
  | { readonly kind: 'password' }
  /** Documents (json and jsonb), by path. A path of the data that no entry matches stops the capture. */
  | { readonly kind: 'json'; readonly paths: readonly JsonPath[] }

export type RuleKind = Rule['kind']

/** One rule inside a document. */
export interface JsonPath {
  /** Path as written: `$` (the document itself), `$.days.*[]`, `$."odd key"`, `$.meta.**` (anything below). */
  readonly path: string
  readonly steps: readonly JsonStep[]
  readonly rule: Exclude<Rule, { kind: 'json' }>
}

/** A step of a path: `key` of an object, any key, an element of an array, or anything below at any depth. */
export type JsonStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'any-key' }
  | { readonly kind: 'element' }
  | { readonly kind: 'below' }

/** Columns that together may identify a person. Each combination must occur at least `k` times, or not at all. */
export interface QuasiIdentifiers {
  readonly table: string
  readonly columns: readonly string[]
  readonly k: number
}

/** A part of the rows: start rows, everything they refer to, and what refers to them. */
export interface Subset {
  /** Rows to begin with, in primary-key order, keyed by `<namespace>.<table>`. */
  readonly start: Readonly<Record<string, number>>
  /** Tables whose rows follow the rows they refer to. */
  readonly followers: readonly string[]
  /** Number of rows above which the capture stops. */
  readonly maxRows: number
}

/** What happened to one column, counted. */
export interface AppliedRule {
  readonly namespace: string
  readonly table: string
  readonly column: string
  readonly rule: RuleKind
  /** Rows in which it was not NULL. */
  readonly values: number
  /** How many of these values came out different. */
  readonly changed: number
}

/** What the manifest says of the policy a snapshot was made with. */
export interface AppliedPolicy {
  /** SHA-256 of `policy.yaml`, hex. */
  readonly sha256: string
  readonly claims: Profile
  /** Versions of the lists that rules used, by name. */
  readonly lists: Readonly<Record<string, string>>
  readonly columns: readonly AppliedRule[]
}

/** The proof that no raw sensitive value is left in a snapshot, made from the written files. */
export interface LeakProof {
  readonly passed: boolean
  /** Digest of the snapshot it is about, hex. */
  readonly digest: string
  /** SHA-256 of the policy it is about, hex. */
  readonly policy: string
  readonly checks: readonly LeakCheck[]
}

/** One thing that the proof searched for. Texts never hold raw values. */
export interface LeakCheck {
  readonly name: string
  readonly passed: boolean
  /** How the search was done and over how much, for a reviewer. */
  readonly method: string
  /** Where it was found: table, column, rows. */
  readonly found: readonly string[]
}
