import { column, type FindingKind, noTable, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'unexpected-table'

/** The copy that the migration made of the orders before it changed them is still there. */
export default shopScenario({
  folder: 'unexpected-table',
  title: 'A copy made for safety stayed',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders', 'orders_before'],
      expect: [
        noTable('orders_before'),
        column('orders', 'currency', required('text', { default: "'EUR'" })),
      ],
    },
  ],
})
