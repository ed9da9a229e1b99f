import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Expectation, ExpectationKind, ProbeExpectation, SchemaReference } from '../model/expectation.ts'
import type { FindingEvidence } from '../model/finding.ts'
import type { ExperimentName } from '../model/rehearsal.ts'

/** The expectation of one kind. */
type ExpectationOf<K extends ExpectationKind> = Extract<Expectation, { kind: K }>

/** Evidence that is gathered only for the expectations that ask for it. */
export interface Needs {
  /** Probes whose SQL must be run on a clone of the phase's database. */
  readonly probes: readonly ProbeExpectation[]
  /** Reference schemas that must be built. */
  readonly references: readonly SchemaReference[]
}

/** All that the judge knows of one kind of expectation. */
export interface Check<K extends ExpectationKind> {
  /** The expectation as a claim: the name of its test. */
  readonly title: (expectation: ExpectationOf<K>) => string
  /** What it needs besides the checkpoints before and after the phase; left out: nothing. */
  readonly needs?: (expectation: ExpectationOf<K>) => Partial<Needs>
  /** True: it is judged after a replay that failed, too. Every other kind did not run then. */
  readonly judgesFailure?: true
  /** The experiment that it judges; left out: none. Until the experiments are made it is not judged. */
  readonly rehearses?: ExperimentName
  /** Holds the expectation against the evidence of its phase; no findings means it is met. */
  readonly judge: (expectation: ExpectationOf<K>, evidence: PhaseEvidence) => readonly FindingEvidence[]
}
