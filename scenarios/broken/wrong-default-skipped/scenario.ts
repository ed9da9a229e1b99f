import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-default'

/** The statement does nothing, so the default that it names never comes. */
export default shopScenario({
  folder: 'wrong-default-skipped',
  title: 'IF NOT EXISTS on a column that was there',
  phases: [
    {
      migrations: ['20260112090000_note'],
      changes: ['orders'],
      expect: [column('orders', 'note', optional('text', { default: "'none'" }))],
    },
  ],
})
