import { column, type FindingKind, optional, sameSchemaAs } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'schema-differs'

/** Production holds an index that someone made by hand; all migrations on an empty database do not lead to it. */
export default shopScenario({
  folder: 'schema-differs',
  title: 'A database that no migration describes',
  snapshot: 'shop-drifted',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text')), sameSchemaAs('linear')],
    },
  ],
})
