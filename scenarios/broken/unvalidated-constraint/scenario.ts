import { check, column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'unvalidated-constraint'

/** NOT VALID keeps the lock short, and leaves the rows that were there unchecked until someone validates. */
export default shopScenario({
  folder: 'unvalidated-constraint',
  title: 'A constraint that old rows may break',
  phases: [
    {
      migrations: ['20260112090000_tax'],
      changes: ['orders'],
      expect: [column('orders', 'taxCents', optional('int4')), check('orders', 'orders_tax_check')],
    },
  ],
})
