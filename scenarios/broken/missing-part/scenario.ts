import { column, type FindingKind, has, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-part'

/** The trigger that keeps the note short was forgotten. */
export default shopScenario({
  folder: 'missing-part',
  title: 'A trigger was forgotten',
  phases: [
    {
      migrations: ['20260112090000_short_notes'],
      changes: ['orders'],
      expect: [column('orders', 'shortNote', optional('text')), has('orders', 'trigger orders_shorten_note')],
    },
  ],
})
