import type { FindingKind } from 'phaseproof'
import { liveScenario } from '../live-shop/live-scenario.ts'

export const finding: FindingKind = 'warm-connection-broken'

/** Each failure costs the pool a connection, until it has none. */
export default liveScenario('warm-connection-broken-pool', 'A pool that never recovers')
