import { type FindingKind, index } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'lock-held-too-long'

/** CREATE INDEX lets people read, but whoever orders meanwhile waits. */
export default shopScenario({
  folder: 'lock-held-too-long-writes',
  title: 'An index that is built while nobody may write',
  budgets: { low: { writesWaitMs: 250 } },
  phases: [
    {
      migrations: ['20260112090000_recent_orders'],
      changes: ['orders'],
      expect: [index('orders', { keys: ['placedAt'] })],
    },
  ],
})
