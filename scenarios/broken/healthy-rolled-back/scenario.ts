import { column, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** A deploy was broken off and left nothing but its row; the plan has it recorded as rolled back and applies the migration again. */
export default shopScenario({
  folder: 'healthy-rolled-back',
  title: 'A deploy that was broken off and is done again',
  snapshot: 'shop-unfinished',
  phases: [
    {
      resolve: { rolledBack: ['20260112090000_gift_notes'] },
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
