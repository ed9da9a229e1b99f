import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-phase'

/** The migration gives the orders a column, and fills the customers as well. */
export default shopScenario({
  folder: 'changed-outside-phase-rows',
  title: 'Rows added to a table that the phase does not name',
  phases: [
    {
      migrations: ['20260112090000_order_source'],
      changes: ['orders'],
      expect: [column('orders', 'source', optional('text'))],
    },
  ],
})
