import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'session-changed'

/** The files before and after it are right; the tool cannot record that it is finished, because the role may not. */
export default shopScenario({
  folder: 'session-changed',
  title: 'A file that leaves its role behind',
  phases: [{ migrations: ['20260112090000_carriers'], changes: ['carriers'], expect: [table('carriers')] }],
})
