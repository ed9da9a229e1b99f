import { accepts, type FindingKind } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'earlier-server-broken'

/** The new server does not read the column any more; the one that is still deployed does. */
export default shopScenario({
  folder: 'earlier-server-broken',
  title: 'A column dropped while a deployed server reads it',
  server: { module: './server/app.ts' },
  earlierServers: { deployed: { server: { module: './earlier/app.ts' } } },
  phases: [
    {
      migrations: ['20260112090000_order_notes'],
      changes: ['orders'],
      drops: ['orders.note'],
      expect: [
        accepts(
          'an order is taken without a note',
          `INSERT INTO "orders" ("customerId", "totalCents") VALUES (1, 500)`,
        ),
      ],
    },
  ],
})
