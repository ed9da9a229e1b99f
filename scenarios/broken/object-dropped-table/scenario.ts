import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'object-dropped'

/** The orders go into a new table, and the old one goes with its rows, which the phase does not say. */
export default shopScenario({
  folder: 'object-dropped-table',
  title: 'A table dropped in passing',
  phases: [
    {
      migrations: ['20260112090000_purchases'],
      changes: ['purchases'],
      expect: [table('purchases')],
    },
  ],
})
