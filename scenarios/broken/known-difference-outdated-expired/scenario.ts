import { column, type FindingKind, optional, sameSchemaAs } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'known-difference-outdated'

/** The index that somebody made by hand is still there, and the last day of its entry in known-differences.json is over. */
export default shopScenario({
  folder: 'known-difference-outdated-expired',
  title: 'An excuse whose last day is over',
  snapshot: 'shop-drifted',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text')), sameSchemaAs('linear')],
    },
  ],
})
