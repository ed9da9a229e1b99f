import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'endpoint-failed'

/** The server reads the carrier of a shipment, and the phase forgot the column. */
export default apiScenario('endpoint-failed', 'The server needs a column that no phase brings')
