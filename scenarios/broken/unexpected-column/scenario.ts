import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'unexpected-column'

/** The column that helped the migration compute is still in the table that was to have no others. */
export default shopScenario({
  folder: 'unexpected-column',
  title: 'A helper column stayed',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons', { exactly: true, columns: { code: required('text'), percent: required('int4') } }),
      ],
    },
  ],
})
