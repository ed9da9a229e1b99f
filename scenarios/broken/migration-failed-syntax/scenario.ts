import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** A comma too many: Postgres reads the file before it runs any of it. */
export default shopScenario({
  folder: 'migration-failed-syntax',
  title: 'A migration that is not SQL',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [table('coupons')],
    },
  ],
})
