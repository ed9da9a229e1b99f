import { check, type FindingKind } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'declaration-void'

/** The rows may go, but the file is no longer the one for which somebody said so. */
export default shopScenario({
  folder: 'declaration-void',
  title: 'A migration that was edited after its loss was declared',
  phases: [
    {
      migrations: ['20260112090000_minimum_total'],
      changes: ['orders'],
      loses: [
        {
          table: 'orders',
          rows: 26,
          reason: 'Orders below ten were trials of the old shop; accounting has them.',
          expires: '9999-12-31',
          migration: '20260112090000_minimum_total',
          sha256: '369b74f2003ce39f5829ec7a2f84852b72b610d0312c8951d5d8f7316c9902ba',
        },
      ],
      expect: [check('orders', 'orders_total_minimum')],
    },
  ],
})
