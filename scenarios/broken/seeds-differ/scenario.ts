import { type FindingKind, sameSchemaAs, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'seeds-differ'

/** In a row the UPDATE runs before its row is there; in the order of the phases it finds the row. */
export default shopScenario({
  folder: 'seeds-differ',
  title: 'An update that finds a row in production which it never finds elsewhere',
  phases: [
    {
      migrations: ['20260112090000_couriers', '20260114090000_night_courier'],
      changes: ['couriers'],
      expect: [table('couriers')],
    },
    {
      migrations: ['20260113090000_suspend'],
      changes: ['couriers'],
      rewrites: [{ column: 'couriers.isActive', rows: 1, how: 'false' }],
      expect: [sameSchemaAs('linear')],
    },
  ],
})
