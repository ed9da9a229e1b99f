import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'recovery-fails'

/** Prisma 7.4 and later commit each statement: stopped between the two, the table is there, and no second deploy comes past it. */
export default shopScenario({
  folder: 'recovery-fails',
  title: 'A deploy that dies between two statements, and cannot be run again',
  tool: { name: 'prisma', version: '7.10.0' },
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons', {
          columns: { id: required('int4'), code: required('text') },
          primaryKey: ['id'],
          uniques: [['code']],
        }),
      ],
    },
  ],
})
