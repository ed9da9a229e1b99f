import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'deploy-too-long'

/** Nobody waits for a lock, but whatever runs the deploy gives up and leaves it half-way. */
export default shopScenario({
  folder: 'deploy-too-long',
  title: 'A deploy that is not done when its time is up',
  budgets: { low: { deployMs: 250 } },
  phases: [
    {
      migrations: ['20260112090000_order_notes', '20260112090100_report'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
