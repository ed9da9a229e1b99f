import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** Production is LATIN1, which has no Cyrillic letter; in UTF-8 the file works. */
export default shopScenario({
  folder: 'migration-failed-encoding',
  title: 'A letter that production cannot store',
  snapshot: 'shop-latin1',
  phases: [{ migrations: ['20260112090000_carriers'], changes: ['carriers'], expect: [table('carriers')] }],
})
