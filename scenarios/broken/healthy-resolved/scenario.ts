import { column, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** Somebody ran the SQL of a migration by hand; the plan has it recorded and goes on from there. */
export default shopScenario({
  folder: 'healthy-resolved',
  title: 'A migration that was applied by hand and is recorded now',
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
