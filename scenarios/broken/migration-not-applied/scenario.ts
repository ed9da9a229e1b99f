import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-not-applied'

/** The second migration tidies the history and takes the row of the first one with it: the next deploy will run it again. */
export default shopScenario({
  folder: 'migration-not-applied',
  title: 'A migration the history forgot',
  phases: [
    {
      migrations: ['20260112090000_gift_notes', '20260113090000_tidy_history'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
