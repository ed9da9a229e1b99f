import type { RehearsalResult } from '../../model/rehearsal.ts'
import { isRepeatable, UNREPEATABLE } from './is-repeatable.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'two deploys at once'

/** Whether two deploys of the phase can meet. */
export function twoDeploysResult({ evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { twoDeploys, notMade } = evidence.rehearsal ?? {}
  if (notMade?.twoDeploys !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.twoDeploys}.` }
  if (!twoDeploys || evidence.replay.applied.length === 0) return null
  if (!isRepeatable(evidence.rehearsal ?? {})) return { experiment, outcome: 'not-made', says: UNREPEATABLE }
  if (findings.some(({ kind }) => kind === 'two-deploys-collide'))
    return { experiment, outcome: 'broke', says: "Two deploys at once get in each other's way." }
  return { experiment, outcome: 'held', says: SAYS[twoDeploys.met] }
}

const SAYS = {
  waited: 'One ran the phase; the other waited for it and then found nothing to do.',
  'gave-up': 'One ran the phase; the other waited for it, gave up and said so.',
  'passed-by': 'One ran the phase; the other found nothing to do.',
}
