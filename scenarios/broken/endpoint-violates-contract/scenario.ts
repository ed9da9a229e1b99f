import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'endpoint-violates-contract'

/** The state of an order is a number, where the document describes a word. */
export default apiScenario('endpoint-violates-contract', 'An answer is not as described')
