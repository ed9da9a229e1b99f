import { column, type FindingKind, required } from 'phaseproof'
import { liveScenario } from '../live-shop/live-scenario.ts'

export const finding: FindingKind = 'rollback-failed'

/** Without the check a credit note is an order below zero; then the check cannot come back. */
export default liveScenario(
  'rollback-failed-after-rows',
  'A rollback that only works while nobody has used the phase',
  {
    migrations: ['20260112090000_credit'],
    drops: ['orders.orders_totalCents_check'],
    expect: [column('orders', 'totalCents', required('integer'))],
  },
)
