import { column, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** The same column in three migrations, each a transaction of its own: while the rows are filled, people read and write. */
export default shopScenario({
  folder: 'healthy-long-fill',
  title: 'A column that is filled between the locks',
  budgets: { low: { readsWaitMs: 250 } },
  phases: [
    {
      migrations: [
        '20260112090000_discounts',
        '20260112090100_fill_discounts',
        '20260112090200_require_discounts',
      ],
      changes: ['orders'],
      expect: [column('orders', 'discountCents', required('int4'))],
    },
  ],
})
