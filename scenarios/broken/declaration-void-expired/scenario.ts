import { check, type FindingKind } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'declaration-void'

/** The rows may no longer go: nobody asked again. */
export default shopScenario({
  folder: 'declaration-void-expired',
  title: 'A loss that was declared until a day that is past',
  phases: [
    {
      migrations: ['20260112090000_minimum_total'],
      changes: ['orders'],
      loses: [
        {
          table: 'orders',
          rows: 26,
          reason: 'Orders below ten were trials of the old shop; accounting has them.',
          expires: '2026-01-31',
          migration: '20260112090000_minimum_total',
          sha256: '1faa381653dd0e9698e2bbf576bf7f54fe8eb8db0ad0d4fca2bdfc4b6e59a49d',
        },
      ],
      expect: [check('orders', 'orders_total_minimum')],
    },
  ],
})
