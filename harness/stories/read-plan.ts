import { join } from 'node:path'
import { planFaults } from '../judge/plan-faults.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration } from '../model/history.ts'
import type { Scenario } from '../model/scenario.ts'
import { readMigrations } from '../replay/read-migrations.ts'

/**
 * Reads the scenario's migrations and refuses a plan that contradicts itself or its folder, all faults together, before
 * anything is started.
 * @throws plan-invalid; usage when there is no phase `upTo` or no migrations folder
 */
export async function readPlan(
  scenario: Scenario,
  upTo: number,
  projectRoot: string,
): Promise<readonly Migration[]> {
  const { migrations } = await readMigrations(join(projectRoot, scenario.migrations), projectRoot)
  const names = migrations.map(({ name }) => name)
  const faults = planFaults(scenario, names)
  if (faults.length > 0) {
    const list = faults.map((fault) => `  - ${fault}`).join('\n')
    throw new HarnessError(
      'plan-invalid',
      `The plan of scenario ${scenario.name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${list}`,
      `Mend scenario.ts and its phases, or the folder ${scenario.migrations}; nothing was started.`,
      { scenario: scenario.name, faults },
    )
  }
  if (scenario.phases.some(({ id }) => id === upTo)) return migrations
  throw new HarnessError(
    'usage',
    `Scenario ${scenario.name} has no phase ${upTo}: it has phases 1 to ${scenario.phases.length}.`,
    'Name one of them, or "all".',
    { faults: [`no phase ${upTo}`] },
  )
}
