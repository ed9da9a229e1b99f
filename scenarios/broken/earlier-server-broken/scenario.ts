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
      loses: [
        {
          column: 'orders.note',
          rows: 100,
          reason: 'The drivers have them on paper.',
          expires: '9999-12-31',
          migration: '20260112090000_order_notes',
          sha256: '572af7d06683cf614530ba770d24570da1b2b628da16143aac49d26c234d2566',
        },
      ],
      expect: [
        accepts(
          'an order is taken without a note',
          `INSERT INTO "orders" ("customerId", "totalCents") VALUES (1, 500)`,
        ),
      ],
    },
  ],
})
