import type { FindingKind } from 'phaseproof'
import { liveScenario } from '../live-shop/live-scenario.ts'

export const finding: FindingKind = 'warm-connection-broken'

/** The new column changes what the prepared statement returns, on each connection that was open. */
export default liveScenario('warm-connection-broken', 'A statement by name that selects all columns')
