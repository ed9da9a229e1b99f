import { column, type FindingKind, optional } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'claim-wrong'

/** The plan was written from memory: it calls a table missing that has rows, and another one by a name that nothing has. */
export default shopScenario({
  folder: 'claim-wrong',
  title: 'A plan that rests on tables being missing that are there',
  claims: { tables: { there: ['customers'], missing: ['coupons', 'orders', 'Customer'] } },
  phases: [
    {
      migrations: ['20260112090000_gift_notes'],
      changes: ['orders'],
      expect: [column('orders', 'giftNote', optional('text'))],
    },
  ],
})
