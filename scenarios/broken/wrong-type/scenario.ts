import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-type'

/** The plan asks for an exact number, the migration makes a floating one. */
export default shopScenario({
  folder: 'wrong-type',
  title: 'Money became a floating number',
  phases: [
    {
      migrations: ['20260112090000_tax_rate'],
      changes: ['orders'],
      expect: [column('orders', 'taxRate', optional('numeric(5,2)'))],
    },
  ],
})
