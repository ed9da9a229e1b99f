import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'session-changed'

/** The dates of the second file are moved by hours, as the zone of the first is still in force. */
export default shopScenario({
  folder: 'session-changed-time-zone',
  title: 'A file whose time zone the next file inherits',
  phases: [
    {
      migrations: ['20260112090000_carriers', '20260112090100_carriers_since'],
      changes: ['carriers'],
      expect: [table('carriers')],
    },
  ],
})
