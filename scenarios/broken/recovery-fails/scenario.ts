import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'recovery-fails'

/**
 * Prisma 7.4 and later commit each statement: stopped before its last one, the table is there and what is to go into it went with the
 * session. The file cannot be run again, and the rest of it cannot be run by itself.
 */
export default shopScenario({
  folder: 'recovery-fails',
  title: 'A deploy that dies between two statements, and can neither be run again nor finished by hand',
  tool: { name: 'prisma', version: '7.10.0' },
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons', {
          columns: { id: required('int4'), code: required('text') },
          primaryKey: ['id'],
        }),
      ],
    },
  ],
})
