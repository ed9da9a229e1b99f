import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { Scenario } from '../model/scenario.ts'
import './provided.ts'

/** The scenario of this run as its files are now: Vitest forgets modules that changed, Node itself would not. */
export async function importScenario(project: TestProject): Promise<Scenario> {
  const { root, options } = project.getProvidedContext().phaseproof
  const file = join(root, 'scenarios', options.scenario, 'scenario.ts')
  const { default: scenario } = (await project.import(file)) as { default: Scenario }
  return options.thorough ? withLinearComparison(scenario) : scenario
}
