import { type FindingKind, index, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'invalid-index'

/** An index made ON ONLY a partitioned table stays invalid until an index of every partition is attached to it. */
export default shopScenario({
  folder: 'invalid-index',
  title: 'An index that Postgres does not use',
  phases: [
    {
      migrations: ['20260112090000_visits'],
      changes: ['visits', 'visits_2026'],
      expect: [table('visits'), index('visits', { keys: ['customerId'] })],
    },
  ],
})
