import { column, type FindingKind, foreignKey, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-constraint'

/** The key waits for the end of the transaction, so that every statement before it believes what may not hold. */
export default shopScenario({
  folder: 'wrong-constraint',
  title: 'A foreign key that is checked too late',
  phases: [
    {
      migrations: ['20260112090000_referrers'],
      changes: ['customers'],
      expect: [
        column('customers', 'referrerId', optional('int4')),
        foreignKey('customers', {
          columns: ['referrerId'],
          references: { table: 'customers', columns: ['id'] },
          onDelete: 'SET NULL',
        }),
      ],
    },
  ],
})
