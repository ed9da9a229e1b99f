import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'history-row-impossible'

/** Somebody wrote a row of the history by hand: it ends before it begins. */
export default shopScenario({
  folder: 'history-row-impossible',
  title: 'A row that no deploy wrote',
  snapshot: 'shop-impossible',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
