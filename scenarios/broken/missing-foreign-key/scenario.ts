import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-foreign-key'

/** The column that names the order is there, the constraint that holds it to an order is not. */
export default shopScenario({
  folder: 'missing-foreign-key',
  title: 'A reference nobody holds to',
  phases: [
    {
      migrations: ['20260112090000_returns'],
      changes: ['returns'],
      expect: [
        table('returns', {
          columns: { orderId: required('int4') },
          foreignKeys: [
            { columns: ['orderId'], references: { table: 'orders', columns: ['id'] }, onDelete: 'RESTRICT' },
          ],
        }),
      ],
    },
  ],
})
