import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Migration } from '../../model/history.ts'
import type { ExperimentName, Rehearsal } from '../../model/rehearsal.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import type { Backups } from './backups.ts'

/** A phase between its two checkpoints, and what a deploy of it has in its folder. */
export interface RehearsedPhase {
  readonly phase: Phase
  readonly evidence: PhaseEvidence
  readonly staged: readonly Migration[]
  /** The phases before it, in order, with what their experiments came to. */
  readonly earlier: readonly RehearsedBefore[]
}

/** An earlier phase, whose experiments are made. */
export interface RehearsedBefore extends Pick<RehearsedPhase, 'phase' | 'evidence'> {
  readonly rehearsal: Rehearsal
}

/** What experiments are made in: the context of their run, and its backups. */
export type RehearsalContext = PhaseContext & { readonly backups: Backups }

/** An experiment that is made with every phase it concerns. `rehearse/` holds what it does to a database. */
export interface Experiment<Name extends ExperimentName = ExperimentName> {
  readonly name: Name
  /** What it is, within a sentence: `the rollback`. */
  readonly title: string
  /** True for one that `--quick` leaves out. */
  readonly leftOutByQuick?: boolean
  /** Is there anything to try with this phase? It is asked only of phases whose replay came through. */
  concerns(rehearsed: RehearsedPhase, scenario: Scenario): boolean
  /** Why it cannot be made here, as part of a sentence; null when nothing is in the way. It is asked where no outcome is kept. */
  whyNot(context: RehearsalContext, rehearsed: RehearsedPhase): string | null | Promise<string | null>
  /** What its outcome depends on besides both states, the migrations and the code of rehearsals: a JSON value. */
  dependsOn(context: RehearsalContext, rehearsed: RehearsedPhase): unknown
  /** Makes it on databases of its own. @throws postgres-lost, engine-failed */
  make(context: RehearsalContext, rehearsed: RehearsedPhase): Promise<NonNullable<Rehearsal[Name]>>
}
