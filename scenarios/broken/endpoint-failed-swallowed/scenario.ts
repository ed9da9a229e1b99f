import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'endpoint-failed'

/** The same column is missing, and the server answers with an empty list, as if nothing were wrong. */
export default apiScenario('endpoint-failed-swallowed', 'The server hides what it lacks')
