import type { ReferenceSchema } from '../../model/checkpoint.ts'
import type { PostgresServer } from '../../model/ports.ts'
import type { Scenario } from '../../model/scenario.ts'
import { openTool } from '../../tool/tools.ts'
import { openTarget } from '../build-target.ts'
import { openCheckpoints } from '../checkpoints.ts'

/**
 * The target schema of a scenario, built in a database of a throw-away server.
 * @throws usage, plan-invalid, engine-failed, server-lacks
 */
export async function buildTargetSchema(
  scenario: Scenario,
  { server, projectRoot, cacheFolder }: { server: PostgresServer; projectRoot: string; cacheFolder: string },
): Promise<ReferenceSchema> {
  const place = { scenario: scenario.name, projectRoot, migrations: scenario.migrations }
  const tool = await openTool(scenario.tool, place)
  const checkpoints = openCheckpoints(server, scenario.name, cacheFolder)
  const target = await openTarget({ scenario, tool, projectRoot, checkpoints, server })
  return target.build()
}
