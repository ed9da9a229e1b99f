import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** Both folders have the same date, and Prisma 7.10 sorts `add` before `Coupons`; by bytes the capital letter came first. */
export default shopScenario({
  folder: 'migration-failed-order',
  title: 'A column that is added before its table is created',
  tool: { name: 'prisma', version: '7.10.0' },
  phases: [
    {
      migrations: ['20260112_add_code', '20260112_Coupons'],
      changes: ['coupons'],
      expect: [column('coupons', 'code', optional('text'))],
    },
  ],
})
