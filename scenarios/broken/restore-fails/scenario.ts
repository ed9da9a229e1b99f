import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'restore-fails'

/** The rows of the backup know nothing of the column that the phase has brought, and it takes no row without a value. */
export default shopScenario({
  folder: 'restore-fails',
  title: 'A restore that puts old rows into tables that the phase has changed',
  backup: { dump: ['node', '../shop-backup/dump.mjs'], restore: ['node', '../shop-backup/restore.mjs'] },
  phases: [
    {
      migrations: ['20260112090000_channel'],
      changes: ['orders'],
      expect: [column('orders', 'channel', required('text'))],
    },
  ],
})
