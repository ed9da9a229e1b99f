import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-phase'

/** The phase says that it changes orders; its migration lets every role write customers. */
export default shopScenario({
  folder: 'changed-outside-phase-rights',
  title: 'Everybody may write',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders'],
      expect: [column('orders', 'currency', required('text', { default: "'EUR'" }))],
    },
  ],
})
