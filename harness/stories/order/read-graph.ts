import { resolve } from 'node:path'
import type { Tie } from '../../model/order.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { openTool } from '../../tool/tools.ts'
import { listTies } from './list-ties.ts'
import { ancestorsOf } from './orders.ts'

/** A dependency of a phase with why it is there. */
export interface GraphEdge {
  readonly on: number
  /** The reason that the scenario gives; null where it leaves it to the statements. */
  readonly because: string | null
  /** What statements of both phases name. */
  readonly ties: readonly Tie[]
}

/** A phase of a plan with what it depends on. */
export interface GraphPhase {
  readonly id: number
  readonly title: string
  readonly risk: Phase['risk']
  readonly migrations: number
  readonly dependsOn: readonly GraphEdge[]
  /** Earlier phases that create what this one names, and that it does not depend on. */
  readonly unsaid: readonly { readonly on: number; readonly tie: Tie }[]
}

/**
 * Reads what ties the phases of a scenario to each other, from their files alone.
 * @throws usage, plan-invalid when the folder of migrations cannot be read
 */
export async function readGraph(scenario: Scenario, projectRoot: string): Promise<readonly GraphPhase[]> {
  const { name, phases } = scenario
  const place = { scenario: name, projectRoot, migrations: scenario.migrations }
  const tool = await openTool(scenario.tool, place)
  const migrations = await tool.listMigrations(resolve(projectRoot, scenario.migrations), projectRoot)
  const applied = (phase: Phase) => migrations.filter((entry) => phase.migrations.includes(entry.name))
  return Promise.all(
    phases.map(async (phase) => {
      const known = ancestorsOf(phases, phase.id)
      const edges: GraphEdge[] = []
      const unsaid: { on: number; tie: Tie }[] = []
      for (const earlier of phases.filter(({ id }) => id < phase.id)) {
        const ties = await listTies(applied(earlier), applied(phase))
        const because = phase.dependsBecause?.[earlier.id] ?? null
        const created = ties.find(({ isCreated }) => isCreated)
        if (phase.dependsOn.includes(earlier.id)) edges.push({ on: earlier.id, because, ties })
        else if (created && !known.includes(earlier.id)) unsaid.push({ on: earlier.id, tie: created })
      }
      return {
        id: phase.id,
        title: phase.title,
        risk: phase.risk,
        migrations: phase.migrations.length,
        dependsOn: edges,
        unsaid,
      }
    }),
  )
}
