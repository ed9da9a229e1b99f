import { column, type FindingKind, index, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-index'

/** The column is there, the index that the phase promises with it is not. */
export default shopScenario({
  folder: 'missing-index',
  title: 'An index was forgotten',
  phases: [
    {
      migrations: ['20260112090000_paid_at'],
      changes: ['orders'],
      expect: [
        column('orders', 'paidAt', optional('timestamp(3)')),
        index('orders', { keys: ['paidAt DESC'] }),
      ],
    },
  ],
})
