import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'contract-broken'

/** Refunds work after phase 1, and no more once phase 2 has brought the shipments. */
export default apiScenario('contract-broken', 'Shipments end refunds')
