import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rewrite-too-large'

/** Postgres stores a constant default once, but has to write each row for this one. The budget is small, as the shop is. */
export default shopScenario({
  folder: 'rewrite-too-large',
  title: 'A default that gives each row a value of its own',
  budgets: { low: { rewriteBytes: 4096 } },
  phases: [
    {
      migrations: ['20260112090000_order_tokens'],
      changes: ['orders'],
      expect: [column('orders', 'token', required('uuid', { default: 'gen_random_uuid()' }))],
    },
  ],
})
