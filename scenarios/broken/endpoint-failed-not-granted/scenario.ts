import type { FindingKind } from 'phaseproof'
import { apiScenario } from '../shop-api/api-scenario.ts'

export const finding: FindingKind = 'endpoint-failed'

/** The role that deploys made a table and granted nothing of it to the role by which the server connects. */
export default apiScenario('endpoint-failed-not-granted', 'The server may not read a new table', {
  snapshot: 'shop-roles',
  roles: { migrator: 'shop_deploy', app: 'shop_app' },
})
