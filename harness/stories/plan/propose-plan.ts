import { resolve } from 'node:path'
import { importModule } from '../../ground/import-module.ts'
import { readSnapshot } from '../../snapshot/read-snapshot.ts'
import { openTool } from '../../tool/tools.ts'
import { readScenario } from '../read-scenario.ts'
import { type ProposedPhase, proposePhases } from './propose-phases.ts'
import { readTouches } from './read-touches.ts'

/**
 * Proposes phases for all migrations of a scenario that production's history does not record, whatever phases it has now.
 * @throws usage, plan-invalid when scenario or folder cannot be read
 */
export async function proposePlan(
  name: string,
  projectRoot: string,
  load = importModule,
): Promise<readonly ProposedPhase[]> {
  const scenario = await readScenario(name, projectRoot, load)
  const place = { scenario: name, projectRoot, migrations: scenario.migrations }
  const tool = await openTool(scenario.tool, place)
  const migrations = await tool.listMigrations(resolve(projectRoot, scenario.migrations), projectRoot)
  const recorded = new Set([
    ...(scenario.recorded ?? []),
    ...scenario.phases.flatMap((phase) => phase.recorded ?? []),
  ])
  const pending = migrations.filter((migration) => !recorded.has(migration.name))
  return proposePhases(
    await readTouches(
      pending,
      migrations.filter(({ name }) => recorded.has(name)),
    ),
    await readTables(scenario.snapshot, projectRoot),
  )
}

/** Tables that the snapshot has, as a migration names them. */
async function readTables(folder: string | null, projectRoot: string): Promise<ReadonlySet<string>> {
  if (folder === null) return new Set()
  const { manifest } = await readSnapshot(resolve(projectRoot, folder))
  return new Set(
    manifest.tables.map(({ namespace, name }) => (namespace === 'public' ? name : `${namespace}.${name}`)),
  )
}
