import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-not-finished'

/** Someone broke off a deploy the evening before: production holds a row that was started and never ended. */
export default shopScenario({
  folder: 'migration-not-finished',
  title: 'A deploy that was broken off',
  snapshot: 'shop-unfinished',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
