import { resolve } from 'node:path'
import { namedBy } from '../model/named-by.ts'
import type { Scenario } from '../model/scenario.ts'
import { openTool } from '../tool/tools.ts'

/**
 * The scenario with names in place of `pending`: a phase that takes what is pending gets whatever its folder holds and nothing else names.
 * @throws usage, plan-invalid when the folder cannot be read
 */
export async function fillPending(scenario: Scenario, projectRoot: string): Promise<Scenario> {
  const { phases, recorded = [] } = scenario
  const taker = phases.find(({ takesPending }) => takesPending)
  if (!taker) return scenario
  const place = { scenario: scenario.name, projectRoot, migrations: scenario.migrations }
  const tool = await openTool(scenario.tool, place)
  const migrations = await tool.listMigrations(resolve(projectRoot, scenario.migrations), projectRoot)
  const named = new Set([...recorded, ...phases.flatMap(namedBy)])
  const pending = migrations.map(({ name }) => name).filter((name) => !named.has(name))
  const filled = { ...taker, migrations: pending }
  return { ...scenario, phases: phases.map((phase) => (phase === taker ? filled : phase)) }
}
