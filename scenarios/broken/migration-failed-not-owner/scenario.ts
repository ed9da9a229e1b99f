import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** A superuser may do it, and so nobody noticed; the role that deploys does not own the table. */
export default shopScenario({
  folder: 'migration-failed-not-owner',
  title: 'A migration alters a table of somebody else',
  snapshot: 'shop-roles',
  roles: { migrator: 'shop_deploy', app: 'shop_app' },
  phases: [
    {
      migrations: ['20260112090000_invoice_notes'],
      changes: ['invoices'],
      expect: [column('invoices', 'note', optional('text'))],
    },
  ],
})
