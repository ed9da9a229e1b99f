import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'orphan-rows'

/** Rows came in past the key: it is validated and enforced, and yet one gift belongs to no order. */
export default shopScenario({
  folder: 'orphan-rows',
  title: 'A row that belongs to nobody',
  phases: [
    {
      migrations: ['20260112090000_gifts'],
      changes: ['gifts'],
      expect: [
        table('gifts', { columns: { orderId: required('int4'), wrapping: required('text') } }),
        table('gifts', {
          foreignKeys: [
            { columns: ['orderId'], references: { table: 'orders', columns: ['id'] }, onDelete: 'CASCADE' },
          ],
        }),
      ],
    },
  ],
})
