import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'lock-held-too-long'

/** The column takes no time, but its lock is held until all rows are filled, and nobody can read orders meanwhile. */
export default shopScenario({
  folder: 'lock-held-too-long',
  title: 'A column that is added and filled in one transaction',
  budgets: { low: { readsWaitMs: 250 } },
  phases: [
    {
      migrations: ['20260112090000_discounts'],
      changes: ['orders'],
      expect: [column('orders', 'discountCents', required('int4'))],
    },
  ],
})
