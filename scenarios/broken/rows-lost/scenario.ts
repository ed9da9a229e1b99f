import { check, type FindingKind } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rows-lost'

/** The migration makes room for a rule by deleting the rows that break it. */
export default shopScenario({
  folder: 'rows-lost',
  title: 'A migration that deletes orders',
  phases: [
    {
      migrations: ['20260112090000_minimum_total'],
      changes: ['orders'],
      expect: [check('orders', 'orders_total_minimum')],
    },
  ],
})
