import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'session-changed'

/** It was put there to guard a look at the data, and stayed. */
export default shopScenario({
  folder: 'session-changed-read-only',
  title: 'A file after which the session only reads',
  phases: [{ migrations: ['20260112090000_carriers'], changes: ['carriers'], expect: [table('carriers')] }],
})
