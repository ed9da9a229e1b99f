import { planFaults } from '../judge/plan-faults.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration } from '../model/history.ts'
import type { Scenario } from '../model/scenario.ts'

/**
 * Refuses a plan that contradicts itself or its migrations folder, all faults together, before anything is started.
 * @throws plan-invalid; usage when there is no phase `upTo`
 */
export function assertPlan(scenario: Scenario, upTo: number, migrations: readonly Migration[]): void {
  const faults = planFaults(
    scenario,
    migrations.map(({ name }) => name),
  )
  if (faults.length > 0) {
    throw new HarnessError(
      'plan-invalid',
      `The plan of scenario ${scenario.name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      `Mend scenario.ts and its phases, or the folder ${scenario.migrations}; nothing was started.`,
      { scenario: scenario.name, faults },
    )
  }
  if (scenario.phases.some(({ id }) => id === upTo)) return
  throw new HarnessError(
    'usage',
    `Scenario ${scenario.name} has no phase ${upTo}: it has phases 1 to ${scenario.phases.length}.`,
    'Name one of them, or "all".',
    { faults: [`no phase ${upTo}`] },
  )
}
