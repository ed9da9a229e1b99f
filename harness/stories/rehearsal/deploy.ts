import type { MigrationFailure } from '../../model/history.ts'
import type { DeployOptions } from '../../model/ports.ts'
import type { MigrationTool } from '../../model/tool.ts'
import type { RehearsedPhase } from './experiment.ts'

/** Applies a phase with the tool to a database that is in the state before it, as production would; null when all of it ran. */
export async function deploy(
  tool: MigrationTool,
  { phase, staged }: Pick<RehearsedPhase, 'phase' | 'staged'>,
  connectionString: string,
  options: DeployOptions = {},
): Promise<MigrationFailure | null> {
  const { applied = [], rolledBack = [] } = phase.resolve ?? {}
  if (applied.length + rolledBack.length > 0) {
    const refused = await tool.resolve({ connectionString, migrations: staged, applied, rolledBack })
    if (refused) return refused
  }
  const request = { connectionString, migrations: staged, expectedNew: phase.migrations }
  return (await tool.apply({ ...request, ...options })).failure
}
