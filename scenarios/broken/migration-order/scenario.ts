import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-order'

/** The second migration dates the first one into the future, so the history tells another order than the one that ran. */
export default shopScenario({
  folder: 'migration-order',
  title: 'A history in another order',
  phases: [
    {
      migrations: ['20260112090000_gift_notes', '20260113090000_tidy_history'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
