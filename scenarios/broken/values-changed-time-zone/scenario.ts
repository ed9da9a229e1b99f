import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'values-changed'

/** The session that converts the times is not in the zone in which they were written. */
export default shopScenario({
  folder: 'values-changed-time-zone',
  title: 'Times that move by five hours when they get a zone',
  phases: [
    {
      migrations: ['20260112090000_placed_with_zone'],
      changes: ['orders'],
      expect: [column('orders', 'placedAt', required('timestamptz(3)', { default: 'CURRENT_TIMESTAMP' }))],
    },
  ],
})
