import { resolve } from 'node:path'
import { listStatements } from '../ground/sql/list-statements.ts'
import { toNeeds } from '../judge/needs.ts'
import { planFaults } from '../judge/plan-faults.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration } from '../model/history.ts'
import type { Scenario } from '../model/scenario.ts'
import type { MigrationTool } from '../model/tool.ts'
import { openTool } from '../tool/tools.ts'

/** A plan that can be followed: the tool, and its migrations in the order in which it applies them. */
export interface Plan {
  readonly tool: MigrationTool
  readonly migrations: readonly Migration[]
}

/**
 * Opens the scenario's tool, reads its migrations and refuses a plan that contradicts itself or its folder, all faults together,
 * before anything is started.
 * @throws plan-invalid; usage when there is no phase `upTo` or no migrations folder
 */
export async function readPlan(scenario: Scenario, upTo: number, projectRoot: string): Promise<Plan> {
  const { phases } = scenario
  if (phases.length > 0 && !phases.some(({ id }) => id === upTo)) {
    throw new HarnessError(
      'usage',
      `Scenario ${scenario.name} has no phase ${upTo}: it has phases 1 to ${phases.length}.`,
      'Name one of them, or "all".',
      { faults: [`no phase ${upTo}`] },
    )
  }
  const place = { scenario: scenario.name, projectRoot, migrations: scenario.migrations }
  const tool = await openTool(scenario.tool, place)
  const migrations = await tool.listMigrations(resolve(projectRoot, scenario.migrations), projectRoot)
  const names = migrations.map(({ name }) => name)
  const faults = [...planFaults(scenario, names, tool.words), ...(await probeFaults(scenario))]
  if (faults.length > 0) {
    const list = faults.map((fault) => `  - ${fault}`).join('\n')
    throw new HarnessError(
      'plan-invalid',
      `The plan of scenario ${scenario.name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${list}`,
      `Mend scenario.ts and its phases, or the folder ${scenario.migrations}; nothing was started.`,
      { scenario: scenario.name, faults },
    )
  }
  return { tool, migrations }
}

/** Probes that would leave the transaction that is rolled back behind them, or that Postgres' own parser refuses. */
async function probeFaults({ phases }: Scenario): Promise<string[]> {
  const faults: string[] = []
  for (const { name, expect } of phases) {
    for (const probe of toNeeds(expect).probes) {
      const statements = await listStatements(probe.sql)
      const where = `phase ${name}, probe "${probe.title}"`
      if (statements === null) faults.push(`${where}: its SQL cannot be parsed`)
      else if (statements.length === 0) faults.push(`${where}: it has no statement`)
      else if (statements.some(({ tag }) => tag === 'TransactionStmt'))
        faults.push(`${where}: transaction control would leave the transaction that is rolled back`)
    }
  }
  return faults
}
