import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'contract-not-caused-by-phase'

/** The contract of phase 2 holds after phase 1 already, so it shows nothing about phase 2. */
export default apiScenario('contract-not-caused-by-phase', 'The contract was kept before')
