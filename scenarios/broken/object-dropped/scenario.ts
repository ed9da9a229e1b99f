import type { FindingKind } from '../../../harness/model/finding.ts'
import { index } from '../../../harness/model/vocabulary.ts'
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
