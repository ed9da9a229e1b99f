import type { ClusterChange, HiddenRows } from './cluster.ts'
import type { Content, RewriteResult } from './content.ts'
import type { HistoryRow, Migration, MigrationFailure, ReplayOutcome } from './history.ts'
import type { HistoryAudit } from './history-audit.ts'
import type { AskedPrecondition, MaskedRead } from './precondition.ts'
import type { Rehearsal } from './rehearsal.ts'
import type { SchemaModel } from './schema-model.ts'
import type { ToolWords } from './tool.ts'

/** The database as it stands after a phase, as a value. */
export interface Checkpoint {
  /** Hash of everything that led here: previous key, migrations, Postgres version, snapshot digest, harness code. */
  readonly key: string
  /** Name of the sealed database it can be cloned from. */
  readonly database: string
  readonly schema: SchemaModel
  readonly history: readonly HistoryRow[]
  /** Namespaces with a history of the tool that was not read; left out: none. */
  readonly otherHistories?: readonly string[]
  /** Exact count(*) of every table, keyed `namespace.table`; the tool's history left out. */
  readonly rowCounts: Readonly<Record<string, number>>
  readonly content: Content
}

/** What Postgres answered to one probe. */
export interface ProbeResult {
  readonly title: string
  /** null: accepted. */
  readonly refusal: { readonly sqlstate: string; readonly message: string } | null
  /** Set when a statement before the last one was refused, so the probe never reached its point. */
  readonly brokenAt: number | null
}

/** Everything a phase is judged on. `judge/` sees nothing else. */
export interface PhaseEvidence {
  readonly phase: number
  readonly before: Checkpoint
  /** State after the phase, or, after a failure, what the phase left behind. */
  readonly after: Checkpoint
  readonly replay: ReplayOutcome
  /** The migrations this phase applied or relies on, as they lie in the folder. */
  readonly migrations: readonly Migration[]
  /** Why the failure happened, when a later phase creates what was missing. */
  readonly missingDependency: MissingDependency | null
  /** What failed of the rest of the phase's migrations, where a run was asked to try them after a failure. */
  readonly further?: readonly FurtherFailure[]
  readonly probes: readonly ProbeResult[]
  /** What the phase's rewrites come to that say in SQL how the new value follows from the old row. */
  readonly rewrites: readonly RewriteResult[]
  /** Day of the judgement in UTC, `2026-01-31`: declarations expire. */
  readonly judgedOn: string
  /** What the phase's statements need of the rows before it, with what the snapshot and production answered. */
  readonly preconditions: readonly AskedPrecondition[]
  /** Where the phase's statements read or constrain values that a mask replaced. */
  readonly maskedReads: readonly MaskedRead[]
  /** What the references named by `sameSchemaAs` are, keyed by reference. */
  readonly references: Readonly<Record<string, ReferenceSchema>>
  /** Statements of the phase that did nothing, because what they make was there before it. */
  readonly skipped?: readonly SkippedStatement[]
  /** How the migration tool says what there is to do. */
  readonly words: ToolWords
  /** Rows of the snapshot were multiplied, so that a declared number of rows is the least there must be. */
  readonly isMultiplied?: true
  /** What the phase changed outside of its database; left out: nothing. */
  readonly outside?: readonly ClusterChange[]
  /** Rows that row security hid from its migrations; left out: none. */
  readonly hidden?: readonly HiddenRows[]
  /** What the experiments with the phase came to; left out: none was made. */
  readonly rehearsal?: Rehearsal
  /** What production's history comes to, as far as it is about this phase; the whole of it for the first. Left out: nothing was held against it. */
  readonly audit?: HistoryAudit
}

/** A reference to compare with, or why it could not be built: a linear replay that fails is a fault of the migrations. */
export type ReferenceSchema =
  | { readonly schema: SchemaModel; readonly failure: null }
  | { readonly schema: null; readonly failure: MigrationFailure }

/** A migration that was tried although an earlier one of its phase failed, and failed too. */
export interface FurtherFailure {
  readonly failure: MigrationFailure
  /** The earlier one that creates what it missed; null when it missed nothing of the kind. */
  readonly missing: { readonly object: string; readonly migration: string } | null
}

/** A migration needed something that a phase it doesn't depend on creates. */
export interface MissingDependency {
  /** `units`, `trips.distanceMiles`. */
  readonly object: string
  readonly createdBy: { readonly migration: string; readonly phase: number }
}

/** A statement with IF NOT EXISTS on what was there before the phase. */
export interface SkippedStatement {
  /** Qualified: `public.trips`. */
  readonly table: string
  /** The column or index it would have made; null: the table itself, so everything in it. */
  readonly part: string | null
  /** `file:line`. */
  readonly place: string
}
