import type { HistoryRow } from './history.ts'
import type { RowAnswer } from './precondition.ts'
import type { SchemaModel } from './schema-model.ts'

/** The server and database behind a target's connection string. */
export interface TargetServer {
  /** Host, port and database, without user and password. */
  readonly name: string
  /** `pg_control_system().system_identifier`; null where the role may not read it. */
  readonly systemIdentifier: string | null
  readonly version: { readonly text: string; readonly major: number }
  readonly isReplica: boolean
  /** By what a pooler was recognised; null: nothing speaks for one. */
  readonly pooler: string | null
  /** Time of the server's clock, ISO 8601, and by how many ms it is ahead of this machine's. */
  readonly clock: { readonly now: string; readonly aheadMs: number }
}

/** What the role that reads a target could do besides. */
export interface TargetRole {
  readonly name: string
  readonly isSuperuser: boolean
  /** Tables and views that it, or a role that it may become, can write to. */
  readonly writableTables: number
  /** False: transactions of others are hidden from it. */
  readonly seesSessions: boolean
}

/** Rows of a table: counted, or as the statistics estimate them. */
export interface TargetRows {
  readonly rows: number
  readonly isExact: boolean
}

/** A session that may stand in the way of a deploy. */
export interface TargetSession {
  readonly pid: number
  /** `application_name`, or the sort of the process. */
  readonly application: string
  /** What it holds or waits for: `AccessExclusiveLock on public.orders`, `a transaction open for 95 s`. */
  readonly what: string
}

/** What the migrator of a target may not do and a phase needs. */
export interface MigratorRights {
  readonly role: string
  readonly exists: boolean
  /** `it does not own public.orders`. */
  readonly missing: readonly string[]
}

/** What was read of a target; it holds no value of any row. */
export interface TargetFacts {
  readonly server: TargetServer
  readonly role: TargetRole
  readonly schema: SchemaModel
  readonly history: readonly Omit<HistoryRow, 'logs'>[]
  /** Namespaces with a history of the tool that was not read. */
  readonly otherHistories: readonly string[]
  /** Keyed `namespace.table`. */
  readonly rows: Readonly<Record<string, TargetRows>>
  /** Extensions that the server can create. */
  readonly availableExtensions: readonly string[]
  /** Sessions that hold the tool's own lock, or wait for it. */
  readonly deploys: readonly TargetSession[]
  /** Transactions that are open for long. */
  readonly longTransactions: readonly TargetSession[]
  /** Locks on tables that the phase changes. */
  readonly tableLocks: readonly TargetSession[]
  /** null: no migrator was named. */
  readonly migrator: MigratorRights | null
  /** Bytes of the tables that the phase changes, with their indexes. */
  readonly touchedBytes: number
  /** Answers to the preconditions of the phase, by their SQL. */
  readonly answers: Readonly<Record<string, RowAnswer>>
}
