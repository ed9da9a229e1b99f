import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-primary-key'

/** A unique index keeps the rows apart, but it is not the primary key that the phase promises. */
export default shopScenario({
  folder: 'missing-primary-key',
  title: 'A unique index in place of a primary key',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [table('coupons', { primaryKey: ['code'] })],
    },
  ],
})
