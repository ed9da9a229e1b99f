import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Expectation, ExpectationKind } from '../../model/expectation.ts'
import type { FindingEvidence } from '../../model/finding.ts'

/** The expectation of one kind. */
export type ExpectationOf<K extends ExpectationKind> = Extract<Expectation, { kind: K }>

/** Holds one kind of expectation against the evidence of its phase; no findings means it is met. */
export type Check<K extends ExpectationKind> = (
  expectation: ExpectationOf<K>,
  evidence: PhaseEvidence,
) => readonly FindingEvidence[]
