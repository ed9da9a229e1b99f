import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-not-recorded'

/** The plan counts on a migration that production has never run. */
export default shopScenario({
  folder: 'migration-not-recorded',
  title: 'A migration taken for applied',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      recorded: ['20251020090000_loyalty'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
