import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'recorded-without-effects'

/** The phase says that it brings what the recorded migration never made, and brings something else. */
export default shopScenario({
  folder: 'recorded-without-effects-left',
  title: 'A repair that repairs nothing',
  snapshot: 'shop-untrue',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      recorded: ['20251020090000_loyalty'],
      repairs: ['20251020090000_loyalty'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
