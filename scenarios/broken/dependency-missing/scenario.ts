import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'dependency-missing'

/** Phase 1 refers to a table that only phase 2 creates; on a machine where both ran long ago nobody noticed. */
export default shopScenario({
  folder: 'dependency-missing',
  title: 'Two phases in the wrong order',
  phases: [
    {
      migrations: ['20260112090000_stock'],
      changes: ['stock'],
      expect: [table('stock')],
    },
    {
      migrations: ['20260113090000_warehouses'],
      changes: ['warehouses'],
      expect: [table('warehouses')],
    },
  ],
})
