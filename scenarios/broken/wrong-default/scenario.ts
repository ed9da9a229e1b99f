import { column, enumType, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-default'

/** The default has to go before the type can change, and the migration does not set it again. */
export default shopScenario({
  folder: 'wrong-default',
  title: 'A default was lost on the way',
  phases: [
    {
      migrations: ['20260112090000_packed_state'],
      changes: ['orders', 'OrderState'],
      expect: [
        enumType('OrderState', ['OPEN', 'PAID', 'PACKED', 'SHIPPED']),
        column('orders', 'state', required('public."OrderState"', { default: "'OPEN'" })),
      ],
    },
  ],
})
