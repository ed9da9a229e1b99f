import { column, type FindingKind, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'phases-do-not-commute'

/** IF NOT EXISTS lets whoever comes first decide about the default, and the other phase passes over it in silence. */
export default shopScenario({
  folder: 'phases-do-not-commute',
  title: 'Two phases that add the same column in two ways, unless it is there',
  phases: [
    {
      migrations: ['20260112090000_urgency'],
      changes: ['orders'],
      expect: [column('orders', 'urgency', required('int4', { default: '1' }))],
    },
    {
      migrations: ['20260113090000_couriers'],
      dependsOn: [],
      changes: ['couriers', 'orders'],
      expect: [table('couriers')],
    },
  ],
})
