import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-phase'

/** The migration makes a namespace, as tools do for their bookkeeping. */
export default shopScenario({
  folder: 'changed-outside-phase-schema',
  title: 'A namespace that nobody announced',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders'],
      expect: [column('orders', 'currency', required('text', { default: "'EUR'" }))],
    },
  ],
})
