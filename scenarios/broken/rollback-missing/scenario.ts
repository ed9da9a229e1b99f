import { column, type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rollback-missing'

/** The first phase can be undone; whoever has to undo the second has nothing to run. */
export default shopScenario({
  folder: 'rollback-missing',
  title: 'A phase without a rollback beside one that has it',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['Coupons'],
      expect: [
        table('Coupons', { columns: { id: required('int4'), code: required('text') }, primaryKey: ['id'] }),
      ],
    },
    {
      migrations: ['20260113090000_gift'],
      changes: ['orders'],
      expect: [column('orders', 'isGift', required('boolean', { default: 'false' }))],
    },
  ],
})
