import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'dependency-undeclared'

/** Phase 2 needs nothing of phase 1; but it takes away the name that phase 1 goes by, so it must come later. */
export default shopScenario({
  folder: 'dependency-undeclared-removed',
  title: 'A phase that renames what another one alters, and does not say that it comes after it',
  phases: [
    {
      migrations: ['20260112090000_empty_notes'],
      changes: ['orders'],
      expect: [column('orders', 'note', optional('text', { default: "''" }))],
    },
    {
      migrations: ['20260113090000_remarks'],
      dependsOn: [],
      changes: ['orders'],
      renames: [{ from: 'orders.note', to: 'orders.remark' }],
      expect: [column('orders', 'remark', optional('text', { default: "''" }))],
    },
  ],
})
