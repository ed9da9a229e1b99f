import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** Nobody sees the character, and the file looks right. */
export default shopScenario({
  folder: 'migration-failed-byte-order-mark',
  title: 'A file that an editor saved with a byte order mark',
  phases: [
    {
      migrations: ['20260112090000_carriers'],
      changes: ['carriers'],
      expect: table('carriers'),
    },
  ],
})
