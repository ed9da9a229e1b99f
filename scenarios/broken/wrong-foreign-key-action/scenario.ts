import { type FindingKind, foreignKey, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-foreign-key-action'

/** The returns of an order were to go with it; without ON DELETE they stop the order from going. */
export default shopScenario({
  folder: 'wrong-foreign-key-action',
  title: 'A foreign key without its action',
  phases: [
    {
      migrations: ['20260112090000_returns'],
      changes: ['returns'],
      expect: [
        table('returns'),
        foreignKey('returns', {
          columns: ['orderId'],
          references: { table: 'orders', columns: ['id'] },
          onDelete: 'CASCADE',
        }),
      ],
    },
  ],
})
