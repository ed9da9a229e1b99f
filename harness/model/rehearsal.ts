import type { MigrationFailure } from './history.ts'

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
}

/** A phase applied once more after its rollback. */
interface SecondReplay {
  readonly failure: MigrationFailure | null
  /** Where the database is not what it was after the phase, in sentences. */
  readonly differences: readonly string[]
}

/** What the experiments with a phase came to; one that was not made is left out. */
export interface Rehearsal {
  readonly rollback?: RollbackRehearsal
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
}
