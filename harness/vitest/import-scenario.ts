import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Scenario } from '../model/scenario.ts'
import { fillPending } from '../stories/fill-pending.ts'
import { readRunOptions, toScenarioOf } from './run-options.ts'

/** The scenario of this run as its files are now: Vitest forgets modules that changed, Node itself would not. */
export async function importScenario(project: TestProject): Promise<Scenario> {
  const options = readRunOptions()
  const file = join(project.vitest.config.root, 'scenarios', options.scenario, 'scenario.ts')
  const { default: scenario } = (await project.import(file)) as { default: Scenario }
  return toScenarioOf(options, await fillPending(scenario, project.vitest.config.root))
}
