import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'changed-outside-phase'

/** The migration switches the triggers of customers off, for speed, and never on again: the key of orders holds nothing from there. */
export default shopScenario({
  folder: 'changed-outside-phase-key-switched-off',
  title: 'A key that is there and holds nothing',
  phases: [
    {
      migrations: ['20260112090000_language'],
      changes: ['customers'],
      expect: [column('customers', 'language', required('text', { default: "'de'" }))],
    },
  ],
})
