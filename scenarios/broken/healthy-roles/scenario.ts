import { column, optional, sameSchemaAs, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** Nothing is wrong here: a phase makes a role, and the replay of all migrations makes it once more. */
export default shopScenario({
  folder: 'healthy-roles',
  title: 'A phase makes a role of its own and gives it rights',
  phases: [
    {
      migrations: ['20260112090000_reports'],
      changes: ['daily_reports'],
      expect: [table('daily_reports')],
    },
    {
      migrations: ['20260113090000_gift_notes'],
      changes: ['orders', 'role shop_reports'],
      expect: [column('orders', 'giftNote', optional('text')), sameSchemaAs('linear')],
    },
  ],
})
