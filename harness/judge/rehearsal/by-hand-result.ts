import type { RehearsalResult } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'by hand'

/** What the files of the phase do that production records already, where somebody runs them by hand. */
export function byHandResult({ evidence }: JudgedPhase): RehearsalResult | null {
  const { byHand, notMade } = evidence.rehearsal ?? {}
  if (notMade?.byHand !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.byHand}.` }
  if (!byHand) return null
  const lost = byHand.flatMap((run) => run.lost)
  const needs = byHand.flatMap((run) => run.needs)
  const rows = lost.reduce((sum, loss) => sum + loss.rows, 0)
  if (lost.length + needs.length === 0)
    return { experiment, outcome: 'held', says: 'The files that production records already destroy nothing.' }
  return {
    experiment,
    outcome: 'broke',
    says: `The files that production records already cannot be run by hand: tables and columns that go: ${lost.length}, with values in ${rows} rows; missed ones that a later phase creates: ${needs.length}.`,
  }
}
