import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-changed'

/** Nobody has written a gift text in the snapshot; by the day of the second phase somebody may have in production. */
export default shopScenario({
  folder: 'values-changed-recreated-empty',
  title: 'A column without values that is dropped and added again to change its type',
  phases: [
    {
      migrations: ['20260112090000_gift_text'],
      changes: ['orders'],
      expect: [column('orders', 'giftText', optional('text'))],
    },
    {
      migrations: ['20260119090000_longer_gift_text'],
      changes: ['orders'],
      expect: [column('orders', 'giftText', optional('varchar(2000)'))],
    },
  ],
})
