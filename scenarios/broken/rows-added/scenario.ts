import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'rows-added'

/** The migration brings the shop its own accounts, into a table that the phase may change and whose rows it does not speak of. */
export default shopScenario({
  folder: 'rows-added',
  title: 'A migration that adds customers to those that are there',
  phases: [
    {
      migrations: ['20260112090000_house_accounts'],
      changes: ['customers'],
      expect: [column('customers', 'isHouse', required('boolean', { default: 'false' }))],
    },
  ],
})
