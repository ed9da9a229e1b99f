import { column, type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rollback-chain-broken'

/** Each rollback holds by itself. After the second the view is still there, on purpose, and the first cannot drop the table beneath it. */
export default shopScenario({
  folder: 'rollback-chain-broken',
  title: 'A rollback that leaves what the rollback of an earlier phase stumbles over',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons', { columns: { id: required('int4'), code: required('text') }, primaryKey: ['id'] }),
      ],
    },
    {
      migrations: ['20260113090000_coupon_codes'],
      changes: ['coupon_codes'],
      rollbackLeaves: { 'view coupon_codes': 'reports read it already.' },
      expect: [column('coupons', 'code', required('text'))],
    },
  ],
})
