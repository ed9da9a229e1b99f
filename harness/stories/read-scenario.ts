import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { importModule } from '../ground/import-module.ts'
import { HarnessError } from '../model/error.ts'
import type { Scenario } from '../model/scenario.ts'
import { fillPending } from './fill-pending.ts'

/**
 * Loads `scenarios/<name>/scenario.ts`.
 * @throws usage when there is none, it does not load, or its default export is not a scenario of that name
 */
export async function readScenario(
  name: string,
  projectRoot: string,
  load = importModule,
): Promise<Scenario> {
  const file = join(projectRoot, 'scenarios', name, 'scenario.ts')
  if (!existsSync(file)) {
    throw refuse(
      `There is no scenario ${name}: ${file} was not found.`,
      toOtherScenarios(listScenarios(projectRoot)),
    )
  }
  let loaded: { default?: Scenario }
  try {
    loaded = await load(file)
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause)
    throw refuse(`Loading scenario ${name} from ${file}: ${text}`, 'Mend the file, then run again.', cause)
  }
  const scenario = loaded.default
  if (scenario?.name === name && Array.isArray(scenario.phases)) return fillPending(scenario, projectRoot)
  throw refuse(
    `${file} has no scenario named ${name} as its default export; found ${scenario?.name ?? 'none'}.`,
    `Export it: export default defineScenario({ name: '${name}', … }).`,
  )
}

/** Names of the scenarios of a project, the ones under `broken/` left out. */
export function listScenarios(projectRoot: string): string[] {
  const folder = join(projectRoot, 'scenarios')
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'scenario.ts')))
}

/**
 * The scenario that is meant where none is named: the first one.
 * @throws usage when there is none
 */
export function nameFirstScenario(projectRoot: string): string {
  const [first] = listScenarios(projectRoot)
  if (first !== undefined) return first
  throw refuse(`There is no scenario in ${join(projectRoot, 'scenarios')}.`, toOtherScenarios([]))
}

function toOtherScenarios(names: readonly string[]): string {
  return names.length > 0 ? `Take one of: ${names.join(', ')}.` : 'Write one with phaseproof init.'
}

function refuse(message: string, remedy: string, cause?: unknown): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] }, { cause })
}
