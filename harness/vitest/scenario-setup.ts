import type { TestProject } from 'vitest/node'
import './provided.ts'

/** Global set-up of a scenario's tests. A command line that has replayed the phases hands its run in. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.getProvidedContext().scenarioRunFile !== undefined) return undefined
  // Loaded here: it is most of our code, which Vitest would transform anew for each run of the command line.
  const { observeScenario } = await import('./observe-scenario.ts')
  return observeScenario(project)
}
