import { type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'restore-incomplete'

/** The history comes back without the migration, and its table is still there: the next deploy fails at CREATE TABLE. */
export default shopScenario({
  folder: 'restore-incomplete',
  title: 'A restore that leaves the table that the phase has made',
  backup: { dump: ['node', '../shop-backup/dump.mjs'], restore: ['node', '../shop-backup/restore.mjs'] },
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons', { columns: { id: required('int4'), code: required('text') }, primaryKey: ['id'] }),
      ],
    },
  ],
})
