import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-changed'

/** The phase says what the new totals follow from; as many rows change as it says, but not all to that. */
export default shopScenario({
  folder: 'values-changed-how',
  title: 'Prices that are rounded where they should be doubled',
  phases: [
    {
      migrations: ['20260112090000_double_totals'],
      changes: ['orders'],
      rewrites: [{ column: 'orders.totalCents', rows: 400, how: '"totalCents" * 2' }],
      expect: [column('orders', 'totalCents', required('int4'))],
    },
  ],
})
