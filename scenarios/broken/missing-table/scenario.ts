import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-table'

/** The phase promises two tables and its migration creates one. */
export default shopScenario({
  folder: 'missing-table',
  title: 'A table was forgotten',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons', 'coupon_uses'],
      expect: [table('coupons'), table('coupon_uses')],
    },
  ],
})
