import type { FindingKind } from 'phaseproof'
import { liveScenario } from '../live-shop/live-scenario.ts'

export const finding: FindingKind = 'request-failed-during-phase'

/** The orders are locked while the phase goes on, and the server gives its requests up meanwhile. */
export default liveScenario(
  'request-failed-during-phase',
  'A lock that is held longer than the server waits',
  {
    migrations: ['20260112090000_source'],
  },
)
