import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'unfit-by-hand'

/** Production has recorded the migration, so no deploy runs it; whoever runs its file all the same loses every note. */
export default shopScenario({
  folder: 'unfit-by-hand',
  title: 'A recorded migration whose file destroys what came after it',
  snapshot: 'shop-noted',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', required('text', { default: "''" }))],
    },
  ],
})
