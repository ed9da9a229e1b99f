import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-lost'

/** The SQL of the rewrite is true to the letter; that it throws notes away stands nowhere. */
export default shopScenario({
  folder: 'values-lost-rewritten',
  title: 'Notes that a declared rewrite empties',
  phases: [
    {
      migrations: ['20260112090000_clear_notes'],
      changes: ['orders'],
      rewrites: [{ column: 'orders.note', rows: 34, how: 'NULL' }],
      expect: [column('orders', 'note', optional('text'))],
    },
  ],
})
