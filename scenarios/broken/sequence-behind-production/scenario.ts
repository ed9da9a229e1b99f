import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'sequence-behind'

/** Production was restored without its sequence: the insert collides there, and so it does on the snapshot. */
export default shopScenario({
  folder: 'sequence-behind-production',
  title: 'An insert over a sequence that production left behind',
  snapshot: 'shop-sequence-behind',
  phases: [{ migrations: ['20260112090000_first_order'], changes: ['orders'], expect: [table('orders')] }],
})
