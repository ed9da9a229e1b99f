import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rollback-failed'

/** The author of the rollback remembers another name than the migration gives. */
export default shopScenario({
  folder: 'rollback-failed',
  title: 'A rollback that drops what is not there',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['Coupons'],
      expect: [
        table('Coupons', { columns: { id: required('int4'), code: required('text') }, primaryKey: ['id'] }),
      ],
    },
  ],
})
