import { observeContent } from '../../inspect/content/observe-content.ts'
import { withoutUnsteady } from '../../judge/rehearsal/without-unsteady.ts'
import type { TableChange, TableContent } from '../../model/content.ts'
import { namedBy } from '../../model/named-by.ts'
import type { ConvergenceRehearsal } from '../../model/rehearsal.ts'
import type { Experiment, RehearsalContext, RehearsedPhase } from '../rehearsal/experiment.ts'
import { byName } from './by-name.ts'
import { listSeeds } from './list-seeds.ts'
import { whyNotInOrder } from './why-not-in-order.ts'

/** Replays all migrations in the tool's order on an empty database and compares the rows that migrations alone make. */
export const convergenceExperiment: Experiment<'convergence'> = {
  name: 'convergence',
  title: 'the linear path',
  leftOutByQuick: true,
  concerns: ({ phase }) =>
    phase.expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'linear'),
  whyNot: (context, rehearsed) => {
    const failure = rehearsed.evidence.references.linear?.failure
    if (failure) return `all migrations in a row fail on an empty database at ${failure.migration}`
    return whyNotInOrder(context, rehearsed)
  },
  dependsOn: ({ migrations }) => migrations.map(({ name, checksum }) => [name, checksum]),
  async make(context, rehearsed) {
    const { constant, leftOut } = await listComparable(context, rehearsed)
    if (constant.length === 0) return { tables: [], leftOut, changes: [] }
    return { tables: constant, leftOut, changes: await compareRows(context, rehearsed, constant) }
  },
}

/** Tables that held nothing before the phases and that migrations of the phases fill from their own text. */
async function listComparable(
  { scenario, migrations, tool }: RehearsalContext,
  { phase, evidence, earlier }: RehearsedPhase,
): Promise<{ constant: readonly string[]; leftOut: ConvergenceRehearsal['leftOut'] }> {
  const base = earlier[0]?.evidence.before ?? evidence.before
  const names = new Set(scenario.phases.filter(({ id }) => id <= phase.id).flatMap(namedBy))
  const recorded = new Set(base.history.map(({ name }) => name))
  const { constant, other } = await listSeeds(
    migrations.filter(({ name }) => names.has(name) && !recorded.has(name)),
    migrations.filter(({ name }) => recorded.has(name)),
  )
  const isThere = (table: string) => evidence.after.rowCounts[table] !== undefined
  const hadRows = (table: string) => (base.rowCounts[table] ?? 0) > 0
  const kept = constant.filter((table) => isThere(table) && table !== tool.historyTable)
  return {
    constant: kept.filter((table) => !hadRows(table)),
    leftOut: [
      ...kept
        .filter(hadRows)
        .map((table) => ({ table, because: 'it held rows of production before the phases' })),
      ...Object.entries(other)
        .filter(([table]) => isThere(table) && !hadRows(table))
        .map(([table, because]) => ({ table, because })),
    ],
  }
}

/** What the rows of these tables are on the linear path against those after the phase, but for what no two runs have in common. */
async function compareRows(
  context: RehearsalContext,
  { evidence }: RehearsedPhase,
  tables: readonly string[],
): Promise<readonly TableChange[]> {
  const { checkpoints, tool } = context
  const ours = ({ namespace, name }: TableContent) => tables.includes(`${namespace}.${name}`)
  return withLinear(context, async (url) => {
    const { tables: all, changes } = await observeContent(url, tool.historyTable, {
      tables: byName(evidence.after.content.tables.filter(ours)),
      open: (use) => checkpoints.withScratch(evidence.after.database, use),
    })
    if (changes.length === 0) return []
    const again = await withLinear(context, (second) =>
      observeContent(second, tool.historyTable, {
        tables: byName(all.filter(ours)),
        open: (use) => use(url),
      }),
    )
    return withoutUnsteady(changes, again.changes)
  })
}

function withLinear<T>(
  { checkpoints, server, roles, tool, migrations }: RehearsalContext,
  use: (url: string) => Promise<T>,
): Promise<T> {
  return checkpoints.withScratch(null, async (url, name) => {
    const { failure } = await tool.apply({
      connectionString: server.connectionString(name, roles.by?.migrator),
      migrations,
      expectedNew: migrations.map((migration) => migration.name),
    })
    if (failure) throw new Error(`the linear replay failed at ${failure.migration}: ${failure.message}`)
    return use(url)
  })
}
