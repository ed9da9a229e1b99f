import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-outside-phase'

/** Production has run a migration that is in no folder and in no phase: whoever wrote it did not hand it in. */
export default shopScenario({
  folder: 'migration-outside-phase-unknown',
  title: 'A migration nobody has',
  snapshot: 'shop-ahead',
  phases: [
    {
      migrations: ['20260112110000_paid_at'],
      changes: ['orders'],
      expect: [column('orders', 'paidAt', optional('timestamp(3)'))],
    },
  ],
})
