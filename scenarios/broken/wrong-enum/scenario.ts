import { column, enumType, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-enum'

/** ADD VALUE without a place puts the value at the end, behind the one it should come before. */
export default shopScenario({
  folder: 'wrong-enum',
  title: 'An enum value in the wrong place',
  phases: [
    {
      migrations: ['20260112090000_packed_state'],
      changes: ['OrderState'],
      expect: [
        enumType('OrderState', ['OPEN', 'PAID', 'PACKED', 'SHIPPED']),
        column('orders', 'state', required('public."OrderState"', { default: "'OPEN'" })),
      ],
    },
  ],
})
