import { accepts, check, type FindingKind } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'probe-refused'

/** A free order was fine before, and is still meant to be; the new constraint refuses it. */
export default shopScenario({
  folder: 'probe-refused',
  title: 'A rule stricter than planned',
  phases: [
    {
      migrations: ['20260112090000_positive_totals'],
      changes: ['orders'],
      expect: [
        check('orders', 'orders_total_positive'),
        accepts(
          'an order that costs nothing',
          `INSERT INTO "orders" ("customerId", "totalCents") VALUES (1, 0)`,
        ),
      ],
    },
  ],
})
