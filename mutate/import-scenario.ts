import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Scenario } from '../harness/model/scenario.ts'

/** A scenario of the project by its folder below `scenarios/`, without its server: a mutant is judged by its database alone. */
export async function importScenario(root: string, name: string): Promise<Scenario> {
  const file = join(root, 'scenarios', name, 'scenario.ts')
  const { default: scenario } = (await import(pathToFileURL(file).href)) as { default: Scenario }
  const { server: _server, earlierServers: _earlier, contract: _contract, ...rest } = scenario
  return rest
}
