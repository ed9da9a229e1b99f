import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'phases-do-not-commute'

/** Both orders end in the same catalog. What the shop's first coupon is depends on which phase came first. */
export default shopScenario({
  folder: 'phases-do-not-commute-rows',
  title: 'Two phases that number their rows by what is there',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [table('coupons')],
    },
    {
      migrations: ['20260113090000_spring'],
      dependsOn: [1],
      changes: ['coupons'],
      inserts: [{ table: 'coupons', rows: 1 }],
      expect: [table('coupons')],
    },
    {
      migrations: ['20260114090000_summer'],
      dependsOn: [1],
      changes: ['coupons'],
      inserts: [{ table: 'coupons', rows: 1 }],
      expect: [table('coupons')],
    },
  ],
})
