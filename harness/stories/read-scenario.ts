import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { importModule } from '../ground/import-module.ts'
import { toMessage } from '../ground/to-message.ts'
import { shapeFaults } from '../judge/shape-faults.ts'
import { HarnessError } from '../model/error.ts'
import type { Scenario } from '../model/scenario.ts'
import { fillPending } from './fill-pending.ts'
import { readKnownDifferences } from './read-known-differences.ts'
import { withRollbacks } from './rehearsal/with-rollbacks.ts'

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
      `Take one of: ${listScenarios(projectRoot).join(', ')}.`,
    )
  }
  let loaded: { default?: Scenario }
  try {
    loaded = await load(file)
  } catch (cause) {
    const text = toMessage(cause)
      .trim()
      .replaceAll(/\s*\n\s*/g, ' ')
    const [, missing] = /Cannot find (?:module|package) '((?:@[\w.-]+\/)?[\w-][\w.-]*)[^']*'/.exec(text) ?? []
    const remedy =
      missing === undefined
        ? 'Mend the file, then run again.'
        : `Install ${missing} in this repository, then run again.`
    throw refuse(`Loading scenario ${name} from ${file}: ${text}`, remedy, cause)
  }
  const scenario = loaded.default
  if (scenario?.name === name && Array.isArray(scenario.phases)) {
    const faults = shapeFaults(scenario.phases)
    if (faults.length === 0)
      return fillPending(withRollbacks(withKnown(scenario, dirname(file)), projectRoot), projectRoot)
    const list = faults.map((fault) => `  - ${fault}`).join('\n')
    throw refuse(
      `The phases of scenario ${name}, from ${file}, cannot be read:\n${list}`,
      'Make each phase with definePhase, and name it in the list `phases`.',
    )
  }
  throw refuse(
    `${file} has no scenario named ${name} as its default export; found ${scenario?.name ?? 'none'}.`,
    `Export it: export default defineScenario({ name: '${name}', … }).`,
  )
}

function withKnown(scenario: Scenario, folder: string): Scenario {
  const knownDifferences = readKnownDifferences(scenario.name, folder)
  return knownDifferences.length === 0 ? scenario : { ...scenario, knownDifferences }
}

/**
 * The scenario that is meant: the named one, else the only one.
 * @throws usage when there are several, or none
 */
export function chooseScenario(projectRoot: string, name: string | undefined): string {
  if (name !== undefined) return name
  const names = listScenarios(projectRoot)
  const [only] = names
  if (only !== undefined && names.length === 1) return only
  throw refuse(
    `No scenario was named, and ${join(projectRoot, 'scenarios')} has ${names.length === 0 ? 'none' : `several: ${names.join(', ')}`}.`,
    names.length === 0
      ? 'Write one with phaseproof init, or run from the folder of your project.'
      : 'Name one with --scenario.',
  )
}

/** The report that a scenario is held to which is meant to be disproven: a test compares it, and nobody proves such a scenario green. */
const HELD_REPORT = 'disproven.golden.md'

/** Names of the scenarios of a project that are to be proven: the ones under `broken/` are left out, and those meant to be disproven. */
export function listScenarios(projectRoot: string): string[] {
  const disproven = listMeantDisproven(projectRoot)
  return listWith(projectRoot, 'scenario.ts').filter((name) => !disproven.includes(name))
}

/** Names of the scenarios beside which `disproven.golden.md` says what must be found. */
export function listMeantDisproven(projectRoot: string): string[] {
  return listWith(projectRoot, HELD_REPORT)
}

function listWith(projectRoot: string, file: string): string[] {
  const folder = join(projectRoot, 'scenarios')
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, file)))
}

function refuse(message: string, remedy: string, cause?: unknown): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] }, { cause })
}
