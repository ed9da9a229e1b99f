import { type FindingKind, index } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'object-dropped'

/** The migration replaces an index by a wider one and drops the old one, which the phase does not say. */
export default shopScenario({
  folder: 'object-dropped',
  title: 'An index dropped in passing',
  phases: [
    {
      migrations: ['20260112090000_order_indexes'],
      changes: ['orders'],
      expect: [index('orders', { keys: ['state', 'customerId'] })],
    },
  ],
})
