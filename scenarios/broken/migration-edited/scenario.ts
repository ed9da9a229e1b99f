import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-edited'

/** The file of an applied migration got a wider rule afterwards; production keeps the rule it was applied with. */
export default shopScenario({
  folder: 'migration-edited',
  title: 'A migration edited after it ran',
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
