import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-changed'

/** The migration marks old orders as shipped, and marks all the others too. */
export default shopScenario({
  folder: 'values-changed',
  title: 'An UPDATE that forgets its WHERE',
  phases: [
    {
      migrations: ['20260112090000_ship_old_orders'],
      changes: ['orders'],
      expect: [column('orders', 'shippedAt', optional('timestamp(3)'))],
    },
  ],
})
