import { type FindingKind, index } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-index'

/** The index serves LIKE in one language only: the planned one is for sorting, and a comparison in another collation cannot use it. */
export default shopScenario({
  folder: 'wrong-index',
  title: 'An index for another purpose',
  phases: [
    {
      migrations: ['20260112090000_find_notes'],
      changes: ['orders'],
      expect: [index('orders', { keys: ['note'] })],
    },
  ],
})
