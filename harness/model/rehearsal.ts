import type { TableChange } from './content.ts'
import type { CostRehearsal, StatementCost } from './cost.ts'
import type { MigrationFailure } from './history.ts'
import type { AlternativesRehearsal, OrderRehearsal } from './order.ts'
import type { DeployStop, StopGroup } from './tool.ts'

/** The script that undoes a phase, as it lies in the phase's folder. */
export interface RollbackScript {
  /** Path relative to the project root, for messages. */
  readonly file: string
  readonly sql: string
  /** SHA-256 of the text, hex. */
  readonly sha256: string
}

/** Where and why a rollback script stopped. */
export interface ScriptStop {
  /** 1-based line of the statement in the script; null when the script does not parse. */
  readonly line: number | null
  readonly statement: string | null
  readonly sqlstate: string
  readonly message: string
  readonly hint: string | null
}

/** What came of running a script, statement by statement. */
export interface ScriptOutcome {
  readonly stop: ScriptStop | null
  /** Statements that did nothing, each as `line 3: DROP TABLE IF EXISTS Orders`. */
  readonly idle: readonly string[]
}

/** What came of undoing a phase on a clone, and of applying it again. */
export interface RollbackRehearsal extends ScriptOutcome {
  readonly durationMs: number
  /** Where the database is not what it was before the phase, in sentences; empty after a stop. */
  readonly differences: readonly string[]
  /** The phase applied once more; null where the rollback stopped. */
  readonly again: SecondReplay | null
  /** What the statements of the script cost, each committed by itself; left out where it stopped. */
  readonly cost?: CostRehearsal
}

/** A phase applied once more after its rollback. */
interface SecondReplay {
  readonly failure: MigrationFailure | null
  /** Where the database is not what it was after the phase, in sentences. */
  readonly differences: readonly string[]
}

/**
 * What a person does between a deploy that stopped and the next one: has the tool record the migration; runs the script that undoes the
 * phase, and records where it leaves the row; or runs the rest of the file and records.
 */
export type Recovery = 'rolled-back' | 'applied' | 'rollback' | 'rollback-rolled-back' | 'finish'

/** A recovery that does not lead to the state after the phase, and why not. */
export interface FailedRecovery {
  readonly recovery: Recovery
  readonly says: string
}

/** A deploy that stopped within a migration, and how a person goes on from there. */
export interface RehearsedStop extends StopGroup {
  readonly migration: string
  readonly file: string
  readonly how: readonly DeployStop['how'][]
  /** 1-based line of the first statement that may not have run; null where all had run. */
  readonly line: number | null
  /** 1-based line from which the rest of the file begins; left out where nothing or everything stays, or a line holds both. */
  readonly restLine?: number
  /** Statements whose effects stay: `line 3: CREATE TABLE a ()`. */
  readonly remains: readonly string[]
  /** An index is built concurrently there, of which a stop within the statement leaves an invalid one; that was not tried. */
  readonly isBuilding?: true
  /** The first that leads to the state after the phase; null: none does. */
  readonly recovery: Recovery | null
  /** Those that were tried before it. */
  readonly failed: readonly FailedRecovery[]
}

/** What to do on the night on which a deploy stops there. Every step was tried on a clone. */
export interface Recipe {
  readonly migration: string
  readonly file: string
  /** `before line 14, killed or failing`, as part of a sentence. */
  readonly stopped: string
  /** What stays of the migration, and what the history says of it, in a sentence. */
  readonly remains: string
  /** Commands for a shell, in their order; empty where nothing that was tried leads on. */
  readonly commands: readonly string[]
}

/** What came of stopping a deploy of a phase within each of its migrations. */
export interface HalfWayRehearsal {
  readonly stops: readonly RehearsedStop[]
}

/** What a second deploy of a phase did. */
export interface AgainRehearsal {
  readonly applied: readonly string[]
  readonly failure: MigrationFailure | null
  /** Where the database is not what it was after the first one, in sentences. */
  readonly differences: readonly string[]
}

/** What came of two deploys of a phase at once. */
export interface TwoDeploysRehearsal {
  readonly first: MigrationFailure | null
  readonly second: MigrationFailure | null
  /** How the second one met the first. */
  readonly met: 'waited' | 'gave-up' | 'passed-by'
  /** Where the database is not what it is after one deploy, in sentences. */
  readonly differences: readonly string[]
  /** Sessions and locks that stayed, in sentences. */
  readonly leftovers: readonly string[]
}

/** What came of bringing a backup back after a phase. */
export interface RestoreOutcome {
  /** Which of the two failed, and what it said; null when both came through. */
  readonly failure: { readonly step: 'backup' | 'restore'; readonly says: string } | null
  readonly sizeBytes: number
  readonly backupMs: number
  readonly restoreMs: number
  /** What became of a session that was open on the database; `in-the-way`: the restore failed until it was ended. */
  readonly sessions: 'stay' | 'ended' | 'in-the-way'
  /** Where the database is not what the backup was taken of, in sentences. */
  readonly differences: readonly string[]
}

/** What came of the backups of the state before the phase, and of that before the plan; null where they are the same. */
interface RestoreRehearsal {
  /** `pg_dump 17.4`, `the scenario's own commands`. */
  readonly by: string
  readonly ofPhase: RestoreOutcome
  readonly ofPlan: RestoreOutcome | null
}

/** How the rows that migrations alone make differ between the phases and all migrations in a row on an empty database. */
export interface ConvergenceRehearsal {
  /** Tables whose rows were compared: `public.kinds`. */
  readonly tables: readonly string[]
  /** Tables that migrations write to and that were not compared, each with the reason as part of a sentence. */
  readonly leftOut: readonly { readonly table: string; readonly because: string }[]
  /** What the migrations in a row make of the rows after the phase: lost are those that only the phases have. */
  readonly changes: readonly TableChange[]
}

/** One rollback among those that are run one after another. */
export interface FullRollbackStep {
  readonly phase: number
  readonly file: string
  readonly stop: ScriptStop | null
  /** Where the database is not what it was before that phase; null: it was not compared there. */
  readonly differences: readonly string[] | null
}

/** What came of undoing a phase and all before it, the last first, up to the first that stopped. */
export interface FullRollbackRehearsal {
  readonly steps: readonly FullRollbackStep[]
  readonly durationMs: number
}

/** What running the file of a recorded migration by hand came to: each statement by itself, past every one that is refused. */
export interface ByHandRun {
  readonly migration: string
  /** Statements that ran, of all of the file. */
  readonly ran: number
  readonly of: number
  /** What went, where rows held something in it. */
  readonly lost: readonly ByHandLoss[]
  /** Tables that it removes by name and that are not there: `units`. */
  readonly absent: readonly string[]
  /** What it misses and a later phase is to create. */
  readonly needs: readonly ByHandNeed[]
}

/** Something that held values of rows and went. */
export interface ByHandLoss {
  /** `table ems_users`, `column ems_agencies.addedBy`. */
  readonly object: string
  /** Rows of the table, or rows with a value in the column. */
  readonly rows: number
  /** `file:line` of the statement. */
  readonly place: string
}

/** Something that is not there and that a later phase creates. */
export interface ByHandNeed {
  readonly object: string
  readonly place: string
  readonly migration: string
  readonly phase: number
}

/** What the experiments with a phase came to; one that was not made is left out. */
export interface Rehearsal {
  readonly rollback?: RollbackRehearsal
  readonly again?: AgainRehearsal
  readonly twoDeploys?: TwoDeploysRehearsal
  readonly halfWay?: HalfWayRehearsal
  readonly cost?: CostRehearsal
  readonly order?: OrderRehearsal
  readonly alternatives?: AlternativesRehearsal
  readonly convergence?: ConvergenceRehearsal
  readonly restore?: RestoreRehearsal
  readonly fullRollback?: FullRollbackRehearsal
  /** Files of the phase that production records already, run by hand. */
  readonly byHand?: readonly ByHandRun[]
  /** Experiments that could not be made, each with the reason as part of a sentence. */
  readonly notMade?: Partial<Readonly<Record<ExperimentName, string>>>
}

/** Name of an experiment; what it came to has the same name in a `Rehearsal`. */
export type ExperimentName = Exclude<keyof Rehearsal, 'notMade'>

/** What one experiment shows, for whoever reads the report. */
export interface RehearsalResult {
  /** Name of the experiment, a word or two: `rollback`. */
  readonly experiment: string
  /** `broke`: a finding of the phase says why. */
  readonly outcome: 'held' | 'broke' | 'not-made'
  /** One sentence with its figures. */
  readonly says: string
  /** Further sentences, for the whole report. */
  readonly details?: readonly string[]
  /** What to do where a deploy stops. */
  readonly recipes?: readonly Recipe[]
  /** What each statement cost, for whoever reads the proof as JSON. */
  readonly statements?: readonly StatementCost[]
}
