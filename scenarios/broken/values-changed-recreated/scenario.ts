import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-changed'

/** The column bears the same name before and after, and its values are gone. */
export default shopScenario({
  folder: 'values-changed-recreated',
  title: 'A column that is dropped and added again to change its type',
  phases: [
    {
      migrations: ['20260112090000_longer_notes'],
      changes: ['orders'],
      expect: [column('orders', 'note', optional('varchar(2000)'))],
    },
  ],
})
