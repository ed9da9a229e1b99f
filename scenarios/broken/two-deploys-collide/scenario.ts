import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'two-deploys-collide'

/** The index waits for the second deploy, which waits for the first: Postgres ends the one that came to wait last, and an invalid index stays. */
export default shopScenario({
  folder: 'two-deploys-collide',
  title: 'Two servers that start at once and both deploy an index that is built concurrently',
  phases: [
    {
      migrations: ['20260112090000_orders_placed_at'],
      changes: ['orders'],
      expect: [table('orders', { indexes: [{ keys: ['placedAt'] }] })],
    },
  ],
})
