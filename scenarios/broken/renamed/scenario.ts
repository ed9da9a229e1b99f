import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'renamed'

/** The phase lists the old name as dropped. The values are still there, and what reads the old name breaks. */
export default shopScenario({
  folder: 'renamed',
  title: 'A column that goes on under another name',
  phases: [
    {
      migrations: ['20260112090000_remarks'],
      changes: ['orders'],
      drops: ['orders.note'],
      expect: [column('orders', 'remark', optional('text'))],
    },
  ],
})
