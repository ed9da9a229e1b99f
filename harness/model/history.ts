import type { AskedPrecondition } from './precondition.ts'

/** One row of the tool's history. Rows come in the order in which their migrations began. */
export interface HistoryRow {
  readonly name: string
  /** SHA-256 of the migration's file at the time it was applied, hex. */
  readonly checksum: string
  /** ISO 8601; null while unfinished or failed. */
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly rolledBackAt: string | null
  readonly appliedSteps: number
  readonly logs: string | null
}

/** A migration as it lies in the folder. */
export interface Migration {
  /** What the tool records it as: the name of its folder. */
  readonly name: string
  /** Path of the file relative to the project root, for messages. */
  readonly file: string
  readonly sql: string
  /** SHA-256 of the file's bytes, hex: what the tool records. */
  readonly checksum: string
  /** SHA-256 of the same text with the other line endings (CRLF or LF), which is taken for the same file. */
  readonly checksumOtherLineEndings: string
}

/** Why a migration's SQL failed, as Postgres said it, with its place in the file. */
export interface MigrationFailure {
  readonly migration: string
  readonly file: string
  /** 1-based line in `file` of the failing statement, or of the position that Postgres names; null when unknown. */
  readonly line: number | null
  readonly statement: string | null
  readonly message: string
  readonly sqlstate: string
  readonly detail: string | null
  readonly hint: string | null
  /** What to do, where the tool refused and not Postgres. */
  readonly remedy?: string
  /** It was asked for by `stopAfter`, and is no fault of the migration. */
  readonly isAskedFor?: true
  /** Another deploy was under way, and the tool gave up on it. */
  readonly isBusy?: true
}

/** What a migration's file left in the session that the tool shares among all files of one deploy. */
export interface SessionChange {
  readonly migration: string
  readonly file: string
  /** 1-based line of the statement that left it; null when unknown. */
  readonly line: number | null
  /** `role limited instead of deploy`, `an open transaction`. */
  readonly left: string
  /** Later migrations of the deploy that ran under it, as they do not set it themselves first. */
  readonly ranUnder: readonly string[]
  /** Can it change what the SQL of another file does? False for what seldom matters, such as `row_security`. */
  readonly changesMeaning: boolean
  /** True: it is why the deploy failed, or why nothing of it stays. */
  readonly brokeDeploy: boolean
}

/** A statement of a migration that is there to change rows and was not seen to change any. */
export interface IdleStatement {
  readonly migration: string
  readonly file: string
  /** 1-based line in `file`. */
  readonly line: number
  /** How it begins. */
  readonly statement: string
  /** null: Postgres does not tell how many it changed. */
  readonly rows: 0 | null
}

/** Names of migrations that the tool is told to record, by its own means. */
export interface Resolve {
  /** Applied by hand, or baselined: their effects must be there after the phase. */
  readonly applied?: readonly string[]
  /** Failed, and to run again with the phase that applies them. */
  readonly rolledBack?: readonly string[]
}

/** What one phase's replay did through the tool. */
export interface ReplayOutcome {
  readonly applied: readonly string[]
  readonly failure: MigrationFailure | null
  /** What files left in the session, in the order in which they ran. */
  readonly session: readonly SessionChange[]
  /** Left out where the tool does not tell. */
  readonly idle?: readonly IdleStatement[]
  /** What its statements need of the rows before the phase, counted there; a tool leaves it out. */
  readonly preconditions?: readonly AskedPrecondition[]
  readonly durationMs: number
}
