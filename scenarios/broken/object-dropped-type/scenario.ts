import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'object-dropped'

/** The phase may change the type, not remove it. */
export default shopScenario({
  folder: 'object-dropped-type',
  title: 'A type that went on the way',
  phases: [
    {
      migrations: ['20260112090000_currency'],
      changes: ['orders', 'OrderState'],
      expect: [
        column('orders', 'currency', required('text', { default: "'EUR'" })),
        column('orders', 'state', required('text', { default: "'OPEN'" })),
      ],
    },
  ],
})
