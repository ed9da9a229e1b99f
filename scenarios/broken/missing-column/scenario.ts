import { type FindingKind, optional, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-column'

/** The phase promises two columns of an address and its migration adds one. */
export default shopScenario({
  folder: 'missing-column',
  title: 'A column was forgotten',
  phases: [
    {
      migrations: ['20260112090000_addresses'],
      changes: ['customers'],
      expect: [table('customers', { columns: { street: optional('text'), postcode: optional('text') } })],
    },
  ],
})
