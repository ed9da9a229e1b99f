import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rollback-incomplete'

/** The column may be empty again; which of its values the phase filled is not known any more. */
export default shopScenario({
  folder: 'rollback-incomplete-rows',
  title: 'A rollback that brings the columns back and not their values',
  phases: [
    {
      migrations: ['20260112090000_notes'],
      changes: ['orders'],
      rewrites: [{ column: 'orders.note', rows: 300, how: `''` }],
      expect: [column('orders', 'note', required('text'))],
    },
  ],
})
