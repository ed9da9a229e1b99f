import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { Scenario } from '../model/scenario.ts'
import { fillPending } from '../stories/fill-pending.ts'
import './provided.ts'

/** The scenario of this run as its files are now: Vitest forgets modules that changed, Node itself would not. */
export async function importScenario(project: TestProject): Promise<Scenario> {
  const { root, options } = project.getProvidedContext().phaseproof
  const file = join(root, 'scenarios', options.scenario, 'scenario.ts')
  const { default: written } = (await project.import(file)) as { default: Scenario }
  const scenario = await fillPending(written, root)
  return options.thorough ? withLinearComparison(scenario) : scenario
}
