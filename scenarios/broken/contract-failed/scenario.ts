import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'contract-failed'

/** The contract says that nobody is paid twice, and the server pays. */
export default apiScenario('contract-failed', 'An order is refunded twice')
