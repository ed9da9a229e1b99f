import { maskValues } from '../../ground/sql/mask-values.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { withDatabase } from '../../inspect/with-database.ts'
import { listAbsent } from '../../judge/history/judge-history.ts'
import { listFacts } from '../../judge/history/list-facts.ts'
import { renderRepair } from '../../judge/history/render-repair.ts'
import type { HistoryRow, Migration } from '../../model/history.ts'
import type { HistoryAudit, MigrationVerdict, WayOut } from '../../model/history-audit.ts'
import type { PostgresServer } from '../../model/ports.ts'
import type { MigrationTool } from '../../model/tool.ts'
import { stagePhase } from '../../tool/stage-phase.ts'
import type { Checkpoints } from '../checkpoints.ts'

/** Where ways out are tried. */
interface TrialPlace {
  readonly tool: MigrationTool
  readonly server: PostgresServer
  readonly checkpoints: Checkpoints
  /** Sealed database whose history was judged; null: there is none to clone, so nothing is tried. */
  readonly database: string | null
  readonly history: readonly HistoryRow[]
  /** The whole folder, in the tool's order. */
  readonly migrations: readonly Migration[]
  /** Role that applies migrations; left out: the superuser. */
  readonly migrator?: string | undefined
}

/** What is done about one migration. */
interface Plan {
  readonly sql: readonly string[]
  readonly resolve: 'applied' | 'rolled-back' | null
  /** Effects that the SQL does not bring. */
  readonly unwritten: readonly string[]
}

/**
 * Gives each verdict that asks for one its way out, tried on a clone of the database.
 * @param isAsked which verdicts need one
 */
export async function proveWaysOut(
  audit: HistoryAudit,
  isAsked: (verdict: MigrationVerdict) => boolean,
  place: TrialPlace,
): Promise<HistoryAudit> {
  const migrations: MigrationVerdict[] = []
  for (const verdict of audit.migrations) {
    const plan = isAsked(verdict) ? planFor(verdict, place.history) : null
    migrations.push(plan ? { ...verdict, wayOut: await tryWayOut(verdict, plan, place) } : verdict)
  }
  return { ...audit, migrations }
}

/** What would make the history true; null where a person has to find out more. */
function planFor(
  { migration, verdict, absent, present }: MigrationVerdict,
  history: readonly HistoryRow[],
): Plan | null {
  const isRecorded = history.some(({ name, rolledBackAt }) => name === migration && rolledBackAt === null)
  const { statements: sql, unwritten } = renderRepair(absent)
  switch (verdict) {
    case 'effects-absent':
      return { sql, unwritten, resolve: null }
    case 'half-applied':
      return { sql, unwritten, resolve: isRecorded ? null : 'applied' }
    case 'applied-by-hand':
      return { sql: [], unwritten: [], resolve: 'applied' }
    case 'failed':
      return present === 0
        ? { sql: [], unwritten: [], resolve: 'rolled-back' }
        : { sql, unwritten, resolve: 'applied' }
    default:
      return null
  }
}

async function tryWayOut(verdict: MigrationVerdict, plan: Plan, place: TrialPlace): Promise<WayOut> {
  const { resolveApplied, resolveRolledBack } = place.tool.words
  const command = plan.resolve === 'rolled-back' ? resolveRolledBack : resolveApplied
  const steps = [
    ...(plan.sql.length > 0 ? ['In a migration of its own:', ...plan.sql] : []),
    ...(plan.resolve === null ? [] : [command.replace('<name>', verdict.migration)]),
    ...(plan.unwritten.length > 0
      ? [`by hand, as no SQL was written for it: ${plan.unwritten.join(', ')}`]
      : []),
  ]
  if (place.database === null || plan.unwritten.length > 0) return { steps, proof: null, isProven: false }
  const fault = await place.checkpoints.withScratch(place.database, (_url, database) =>
    follow(verdict, plan, database, place),
  )
  return fault === null
    ? { steps, isProven: true, proof: `proven on a clone: afterwards ${describeEnd(verdict, plan)}` }
    : { steps, isProven: false, proof: `tried on a clone, where ${fault}` }
}

function describeEnd({ looked }: MigrationVerdict, { resolve }: Plan): string {
  const effects = looked === 1 ? 'its only effect is there' : `all of its ${looked} effects are there`
  if (resolve === null) return effects
  return resolve === 'applied'
    ? `${effects} and a deploy passes it over`
    : `a deploy applies it, and ${effects}`
}

/** Takes the way on a clone; null when it leads where it should. */
async function follow(
  { migration, absent }: MigrationVerdict,
  { sql, resolve }: Plan,
  database: string,
  { tool, server, history, migrations, migrator }: TrialPlace,
): Promise<string | null> {
  const connectionString = server.connectionString(database, migrator)
  const refused = await runSql(connectionString, sql)
  if (refused) return refused
  const names = [migration, ...history.map(({ name }) => name)]
  const staged = stagePhase(migrations, names, [])
  if (resolve !== null) {
    const asked = {
      applied: resolve === 'applied' ? [migration] : [],
      rolledBack: resolve === 'applied' ? [] : [migration],
    }
    const failure = await tool.resolve({ connectionString, migrations: staged, ...asked })
    if (failure) return `the tool refused: ${failure.message}`
    const deploy = await tool.apply({ connectionString, migrations: staged, expectedNew: [] })
    const own = deploy.failure?.migration === migration || deploy.failure?.migration === ''
    if (deploy.failure && own)
      return `the next deploy fails: ${deploy.failure.sqlstate} ${deploy.failure.message}`
    if (deploy.applied.includes(migration) !== (resolve === 'rolled-back'))
      return 'the next deploy does not do what it should'
  }
  const facts = listFacts((await inspectDatabase(server.connectionString(database), tool)).schema)
  const still = absent.filter(({ key, expected }) => (facts.get(key) ?? null) !== expected)
  return still.length === 0 ? null : `these are still missing or others: ${listAbsent(still).join(', ')}`
}

async function runSql(connectionString: string, statements: readonly string[]): Promise<string | null> {
  try {
    await withDatabase(connectionString, async (client) => {
      for (const statement of statements) await client.query(statement)
    })
    return null
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    if (code === undefined || code.length !== 5) throw error
    const text = maskValues(code, { message, detail: null, hint: null }).message
    return `the repair fails: ${code} ${text}`
  }
}
