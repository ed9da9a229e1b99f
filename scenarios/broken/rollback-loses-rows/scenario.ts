import type { FindingKind } from 'phaseproof'
import { liveScenario } from '../live-shop/live-scenario.ts'

export const finding: FindingKind = 'rollback-loses-rows'

/** Whatever did not come from the shop goes, though it was ordered. */
export default liveScenario('rollback-loses-rows', 'A rollback that takes orders along')
