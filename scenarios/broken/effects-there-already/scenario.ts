import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'effects-there-already'

/** Somebody ran the SQL of the migration by hand the evening before, and no history knows. */
export default shopScenario({
  folder: 'effects-there-already',
  title: 'A migration that was applied by hand',
  snapshot: 'shop-by-hand',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
