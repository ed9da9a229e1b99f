import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-phase'

/** The phase names customers, but no row that it could write moves their sequence backwards. */
export default shopScenario({
  folder: 'changed-outside-phase-sequence',
  title: 'A sequence set back',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders', 'customers'],
      expect: [column('orders', 'currency', required('text', { default: "'EUR'" }))],
    },
  ],
})
