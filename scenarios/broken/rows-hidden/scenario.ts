import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rows-hidden'

/** Row security is forced on the customers, so the role that deploys sees none of them. */
export default shopScenario({
  folder: 'rows-hidden',
  title: 'A backfill sees no row',
  snapshot: 'shop-roles',
  roles: { migrator: 'shop_deploy', app: 'shop_app' },
  phases: [
    {
      migrations: ['20260112090000_newsletter'],
      changes: ['customers'],
      expect: [column('customers', 'newsletter', optional('boolean'))],
    },
  ],
})
