import type { RehearsalResult } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'alternatives'

/** What came of each alternative order of the plan. */
export function alternativesResult({ evidence, findings, scenario }: JudgedPhase): RehearsalResult | null {
  const { alternatives: made, notMade } = evidence.rehearsal ?? {}
  if (notMade?.alternatives !== undefined)
    return { experiment, outcome: 'not-made', says: `They were not replayed: ${notMade.alternatives}.` }
  if (!made) return null
  const details = (scenario.alternatives ?? []).map(({ title, order, fails }, at) => {
    const { stop = null, differences = [] } = made.orders[at] ?? {}
    const ids = order.join(', ')
    if (stop) return `"${title}" (${ids}) fails at phase ${stop.phase}${fails ? `: ${fails.because}` : ''}`
    if (differences.length > 0) return `"${title}" (${ids}) leads elsewhere`
    return order.every((id, place) => id === place + 1)
      ? `"${title}" (${ids}) is the order of the phases: it moves none`
      : `"${title}" (${ids}) leads to the same catalog and rows`
  })
  const hasBroken = findings.some(
    (finding) =>
      finding.kind === 'alternative-fails' ||
      (finding.kind === 'declaration-void' && finding.declaration.startsWith('alternatives: ')),
  )
  return {
    experiment,
    outcome: hasBroken ? 'broke' : 'held',
    says: hasBroken
      ? 'An alternative order of the plan does not lead where the plan says.'
      : 'Each alternative order of the plan leads where the plan says.',
    details,
  }
}
