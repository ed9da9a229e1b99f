import { type FindingKind, sequence, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-sequence'

/** The key of the new table was to count by itself; the migration leaves out what counts. */
export default shopScenario({
  folder: 'missing-sequence',
  title: 'A key that nothing counts',
  phases: [
    {
      migrations: ['20260112090000_returns'],
      changes: ['returns'],
      expect: [table('returns', { primaryKey: ['id'] }), sequence('returns_id_seq')],
    },
  ],
})
