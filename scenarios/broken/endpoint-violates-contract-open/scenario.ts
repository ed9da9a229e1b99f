import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'endpoint-violates-contract'

/** The list of orders asks for no login. */
export default apiScenario('endpoint-violates-contract-open', 'A route is open to anyone')
