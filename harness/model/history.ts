/** One row of Prisma's `_prisma_migrations`, in the order Prisma wrote them (started_at, then id). */
export interface HistoryRow {
  readonly name: string
  /** SHA-256 of migration.sql at the time it was applied, hex. */
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
  /** Folder name: what Prisma records as migration_name. */
  readonly name: string
  /** Path of migration.sql relative to the project root, for messages. */
  readonly file: string
  readonly sql: string
  /** SHA-256 of the file's bytes, hex: what Prisma records. */
  readonly checksum: string
  /** SHA-256 of the same text with the other line endings (CRLF or LF), which Prisma takes for the same file. */
  readonly checksumOtherLineEndings: string
}

/**
 * How Prisma sends a migration file: `one-batch` (native engine up to 7.3: the whole file as one simple query, one implicit
 * transaction) or `per-statement` (7.4 and later: split by a parser, each statement commits by itself).
 */
export type TransactionRule = 'one-batch' | 'per-statement'

/** Why a migration's SQL failed, as Postgres said it, located in the file. */
export interface MigrationFailure {
  readonly migration: string
  readonly file: string
  /** 1-based line in `file` where the failing statement (or the position Postgres names) is; null when not known. */
  readonly line: number | null
  readonly statement: string | null
  readonly message: string
  readonly sqlstate: string
  readonly detail: string | null
  readonly hint: string | null
}

/** What one phase's replay did through Prisma's engine. */
export interface ReplayOutcome {
  readonly applied: readonly string[]
  readonly failure: MigrationFailure | null
  readonly durationMs: number
}
