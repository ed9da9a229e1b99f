import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** The key is checked at the commit, long after the row that breaks it was written. */
export default shopScenario({
  folder: 'migration-failed-deferred-key',
  title: 'A deferred key that a row breaks',
  phases: [
    {
      migrations: ['20260112090000_returns'],
      changes: ['orders', 'returns'],
      expect: table('returns'),
    },
  ],
})
