import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'session-changed'

/** The deploy ends without an error, and nothing of it stays. */
export default shopScenario({
  folder: 'session-changed-open-transaction',
  title: 'A file that begins a transaction and never commits it',
  phases: [{ migrations: ['20260112090000_carriers'], changes: ['carriers'], expect: [table('carriers')] }],
})
