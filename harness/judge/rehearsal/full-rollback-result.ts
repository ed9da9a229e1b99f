import type { RehearsalResult } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'full rollback'

/** Whether the rollbacks of all phases so far, run one after another, lead back to the state before the plan. */
export function fullRollbackResult({ phase, evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { fullRollback, notMade } = evidence.rehearsal ?? {}
  if (notMade?.fullRollback !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.fullRollback}.` }
  if (!fullRollback) return null
  if (findings.some(({ kind }) => kind === 'rollback-chain-broken'))
    return {
      experiment,
      outcome: 'broke',
      says: `The rollbacks of phases ${phase.id} to 1 do not lead back to the state before the plan.`,
    }
  const { steps, durationMs } = fullRollback
  const isCompared = steps.every(({ differences }) => differences !== null)
  return {
    experiment,
    outcome: 'held',
    says: `The rollbacks of phases ${phase.id} to 1, one after another, led back to the state before the plan in ${durationMs} ms${isCompared ? ', compared after each' : ''}.`,
  }
}
