import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'unexpected-change'

/** The phase adds a column, as it says. It also refuses orders above a sum, which it does not say. */
export default shopScenario({
  folder: 'unexpected-change',
  title: 'A rule that nobody announced',
  phases: [
    {
      migrations: ['20260112090000_paid_at'],
      changes: ['orders'],
      expect: [column('orders', 'paidAt', optional('timestamp(3)'))],
    },
  ],
})
