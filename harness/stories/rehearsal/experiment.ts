import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Migration } from '../../model/history.ts'
import type { ExperimentName, Rehearsal } from '../../model/rehearsal.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import type { PhaseContext } from '../replay-phase-of.ts'

/** A phase between its two checkpoints, and what a deploy of it has in its folder. */
export interface RehearsedPhase {
  readonly phase: Phase
  readonly evidence: PhaseEvidence
  readonly staged: readonly Migration[]
  /** The phases before it, in order. */
  readonly earlier: readonly PhaseEvidence[]
}

/** An experiment that is made with every phase it concerns. `rehearse/` holds what it does to a database. */
export interface Experiment<Name extends ExperimentName = ExperimentName> {
  readonly name: Name
  /** What it is, within a sentence: `the rollback`. */
  readonly title: string
  /** True for one that `--quick` leaves out. */
  readonly leftOutByQuick?: boolean
  /** Is there anything to try with this phase? It is asked only of phases whose replay came through. */
  concerns(rehearsed: RehearsedPhase, scenario: Scenario): boolean
  /** Why it cannot be made here, as part of a sentence; null when nothing is in the way. */
  whyNot(context: PhaseContext, rehearsed: RehearsedPhase): string | null
  /** What its outcome depends on besides both states, the migrations and the code of rehearsals: a JSON value. */
  dependsOn(context: PhaseContext, rehearsed: RehearsedPhase): unknown
  /** Makes it on databases of its own. @throws postgres-lost, engine-failed */
  make(context: PhaseContext, rehearsed: RehearsedPhase): Promise<NonNullable<Rehearsal[Name]>>
}
