import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-phase'

/** The scenario counts what only operations notice, and the migration comments on another table. */
export default shopScenario({
  folder: 'changed-outside-phase-operation',
  title: 'A comment that must not go unseen',
  operations: 'counted',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders'],
      expect: [column('orders', 'currency', required('text', { default: "'EUR'" }))],
    },
  ],
})
