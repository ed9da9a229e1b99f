import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-lost'

/** The phase says that it drops the column; that a quarter of its rows hold something is new to its author. */
export default shopScenario({
  folder: 'values-lost',
  title: 'A column that is dropped with its values',
  phases: [
    {
      migrations: ['20260112090000_no_notes'],
      changes: ['orders'],
      drops: ['orders.note'],
      expect: [column('orders', 'totalCents', required('int4'))],
    },
  ],
})
