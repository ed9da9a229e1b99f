import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'recorded-without-effects'

/** The phase has a migration recorded as applied of which only one statement was: its index would never come. */
export default shopScenario({
  folder: 'recorded-without-effects-resolved',
  title: 'A migration that is recorded before all of it is there',
  snapshot: 'shop-by-hand',
  phases: [
    {
      resolve: { applied: ['20260112090000_gift_notes'] },
      migrations: ['20260113090000_gift_wrap'],
      changes: ['orders'],
      expect: [
        column('orders', 'giftNote', optional('text')),
        column('orders', 'giftWrap', optional('text')),
      ],
    },
  ],
})
