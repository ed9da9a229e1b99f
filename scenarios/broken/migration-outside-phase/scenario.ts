import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-outside-phase'

/** Production has run the migration already, by hand and ahead of the plan: this phase has nothing to apply. */
export default shopScenario({
  folder: 'migration-outside-phase',
  title: 'A migration that came too early',
  snapshot: 'shop-ahead',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
