import { column, type FindingKind, optional, sameSchemaAs } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'known-difference-outdated'

/** The index that was accepted in known-differences.json is gone; the entry stayed and would excuse the next one. */
export default shopScenario({
  folder: 'known-difference-outdated',
  title: 'An excuse that outlived its reason',
  phases: [
    {
      migrations: ['20260112090000_paid_at'],
      changes: ['orders'],
      expect: [column('orders', 'paidAt', optional('timestamp(3)')), sameSchemaAs('linear')],
    },
  ],
})
