import type { TestProject } from 'vitest/node'
import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { Scenario } from '../model/scenario.ts'
import { readScenario } from '../stories/read-scenario.ts'
import './provided.ts'

/**
 * The scenario of this run as its files are now: Vitest forgets modules that changed, Node itself would not.
 * @throws usage when it does not load
 */
export async function importScenario(project: TestProject): Promise<Scenario> {
  const { root, options } = project.getProvidedContext().phaseproof
  const scenario = await readScenario(options.scenario, root, (file) => project.import(file))
  return options.thorough ? withLinearComparison(scenario) : scenario
}
