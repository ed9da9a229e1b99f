import type { FindingKind } from 'phaseproof'
import { liveScenario } from '../live-shop/live-scenario.ts'

export const finding: FindingKind = 'warm-connection-broken'

/** The server gives a connection up once its statement has failed, and the next one works. */
export default liveScenario('warm-connection-broken-first', 'The first request on each open connection fails')
