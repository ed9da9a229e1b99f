import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'effects-there-already'

/** Somebody ran the first statement of the migration by hand and not the second. */
export default shopScenario({
  folder: 'effects-there-already-in-part',
  title: 'A migration of which one statement was applied by hand',
  snapshot: 'shop-by-hand',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
