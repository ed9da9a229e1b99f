import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-database'

/** A time limit that was meant for one file stays with the role, in every database of the server. */
export default shopScenario({
  folder: 'changed-outside-database',
  title: 'A migration sets a time limit on its role for good',
  snapshot: 'shop-roles',
  roles: { migrator: 'shop_deploy', app: 'shop_app' },
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
