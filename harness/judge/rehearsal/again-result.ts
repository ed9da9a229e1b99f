import type { RehearsalResult } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'second deploy'

/** Whether the phase can be deployed twice. */
export function againResult({ evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { again, notMade } = evidence.rehearsal ?? {}
  if (notMade?.again !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.again}.` }
  if (!again) return null
  return findings.some(({ kind }) => kind === 'second-deploy-changes')
    ? { experiment, outcome: 'broke', says: 'The phase cannot be deployed twice.' }
    : { experiment, outcome: 'held', says: 'Deployed once more, it found nothing to do and changed nothing.' }
}
