import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** Production has the table already, made by an earlier migration. */
export default shopScenario({
  folder: 'migration-failed-duplicate-object',
  title: 'A table that is there already',
  phases: [
    {
      migrations: ['20260112090000_customers_again'],
      changes: ['customers'],
      expect: [column('customers', 'email', required('text'))],
    },
  ],
})
