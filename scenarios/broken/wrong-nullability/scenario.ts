import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-nullability'

/** The migration fills the new column and then forgets to require it. */
export default shopScenario({
  folder: 'wrong-nullability',
  title: 'A required column accepts NULL',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders'],
      expect: [column('orders', 'currency', required('text'))],
    },
  ],
})
