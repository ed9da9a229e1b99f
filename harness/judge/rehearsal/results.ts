import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Finding } from '../../model/finding.ts'
import type { ExperimentName, RehearsalResult } from '../../model/rehearsal.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { againResult } from './again-result.ts'
import { alternativesResult } from './alternatives-result.ts'
import { byHandResult } from './by-hand-result.ts'
import { convergenceResult } from './convergence-result.ts'
import { costResult } from './cost-result.ts'
import { forwardResult } from './forward-result.ts'
import { fullRollbackResult } from './full-rollback-result.ts'
import { halfWayResult } from './half-way-result.ts'
import { orderResult } from './order-result.ts'
import { restoreResult } from './restore-result.ts'
import { rollbackResult } from './rollback-result.ts'
import { twoDeploysResult } from './two-deploys-result.ts'

/** A phase with all that was found of it. */
export interface JudgedPhase {
  readonly scenario: Scenario
  readonly phase: Phase
  readonly evidence: PhaseEvidence
  readonly findings: readonly Finding[]
}

/** What an experiment with a phase shows; null where it has nothing to do with the phase. */
type ToResult = (judged: JudgedPhase) => RehearsalResult | null

const byName: { readonly [Name in ExperimentName | 'forward']: ToResult } = {
  rollback: rollbackResult,
  again: againResult,
  twoDeploys: twoDeploysResult,
  halfWay: halfWayResult,
  cost: costResult,
  order: orderResult,
  alternatives: alternativesResult,
  convergence: convergenceResult,
  fullRollback: fullRollbackResult,
  restore: restoreResult,
  forward: forwardResult,
  byHand: byHandResult,
}

/** What the experiments with a phase show, in the order in which they are made. Pure. */
export function rehearsalResults(judged: JudgedPhase): readonly RehearsalResult[] {
  return Object.values(byName).flatMap((toResult) => toResult(judged) ?? [])
}
