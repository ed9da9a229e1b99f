import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { Scenario } from '../model/scenario.ts'
import { readScenario } from '../stories/read-scenario.ts'
import type { Assignment } from './provided.ts'

/**
 * The scenario that a run judges, read in a test worker.
 * @throws usage when it does not load
 */
export async function scenarioOf({ root, options }: Assignment): Promise<Scenario> {
  const scenario = await readScenario(options.scenario, root)
  return options.thorough ? withLinearComparison(scenario) : scenario
}
