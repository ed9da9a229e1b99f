import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-unique'

/** The index is there, on the right columns, and lets every value in twice. */
export default shopScenario({
  folder: 'missing-unique',
  title: 'An index that is not unique',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [table('coupons', { primaryKey: ['id'], uniques: [['code']] })],
    },
  ],
})
