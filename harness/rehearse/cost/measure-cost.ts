import pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import { maskValues } from '../../ground/sql/mask-values.ts'
import { withClient } from '../../ground/with-client.ts'
import type { CostRehearsal } from '../../model/cost.ts'
import type { Migration } from '../../model/history.ts'
import type { ToolRules } from '../../model/tool.ts'
import { shortenStatement } from '../shorten-statement.ts'
import { CostRun, type MeasuredStatement } from './cost-run.ts'
import { predictCost } from './predict-cost.ts'
import { installWitness } from './relations.ts'

/** A clone of the state before a phase. */
interface CostPlace {
  /** As the role that applies migrations. */
  readonly connectionString: string
  readonly superuserUrl: string
  readonly rules: Pick<ToolRules, 'transactionRule' | 'namespace'>
}

/**
 * Runs the statements of a phase on a clone, in transactions as the tool groups them, and measures each.
 * @param expected rows per table, `public.trips`, that the phase led to with the tool itself
 * @throws what the driver throws when connection or server fail
 */
export async function measureCost(
  place: CostPlace,
  migrations: readonly Migration[],
  expected: Readonly<Record<string, number>>,
): Promise<CostRehearsal> {
  const { connectionString, superuserUrl, rules } = place
  await installWitness(superuserUrl)
  return withClient(superuserUrl, (observer) =>
    withClient(
      connectionString,
      async (session) => {
        if (rules.namespace !== undefined)
          await session.query(`SET search_path = ${quoteName(rules.namespace)}`)
        const run = await CostRun.begin(session, observer)
        const stop = await runAll(run, migrations, rules)
        const slots = { most: run.mostSlots, perTransaction: await fetchSlots(observer) }
        const differences = stop === null ? await compareRows(observer, expected) : [stop]
        const { statements, durationMs } = run
        return { statements, durationMs, slots, differences }
      },
      { options: '-c client_min_messages=debug1' },
    ),
  )
}

/** Runs all files in order; where one stops, why, as a sentence. */
async function runAll(
  run: CostRun,
  migrations: readonly Migration[],
  { transactionRule, namespace = 'public' }: CostPlace['rules'],
): Promise<string | null> {
  for (const migration of migrations) {
    const statements = await toMeasured(migration, namespace)
    const units = transactionRule === 'one-batch' ? [statements] : statements.map((statement) => [statement])
    try {
      for (const unit of units) await run.send(unit)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      const { code = '', message } = error
      const said = maskValues(code, { message, detail: null, hint: null }).message
      return `${migration.file} did not run statement by statement: ${code} ${said}`
    }
  }
  return null
}

/** The statements of a file; the whole file as one where our parser does not read it. */
async function toMeasured(
  { name: migration, file, sql }: Migration,
  namespace: string,
): Promise<MeasuredStatement[]> {
  const statements = await parseStatements(sql)
  if (statements === null) {
    const place = { migration, file, line: 1, statement: shortenStatement(sql), predicted: null }
    return [{ text: sql, tag: '', place }]
  }
  return statements.map((statement) => {
    const { text, tag, line } = statement
    const predicted = predictCost(statement, namespace)
    return { text, tag, place: { migration, file, line, statement: shortenStatement(text), predicted } }
  })
}

async function fetchSlots(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ slots: number }>(
    `SELECT current_setting('max_locks_per_transaction')::int AS slots`,
  )
  return rows[0]?.slots ?? 0
}

/** Where a table is missing or has another number of rows than the tool's own deploy left in it. */
async function compareRows(
  client: pg.Client,
  expected: Readonly<Record<string, number>>,
): Promise<readonly string[]> {
  const { rows: there } = await client.query<{ name: string; quoted: string }>(TABLES)
  const differences: string[] = []
  for (const [name, rows] of Object.entries(expected)) {
    const table = there.find((entry) => entry.name === name)
    if (!table) differences.push(`${name} is not there`)
    else {
      const found = await client.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${table.quoted}`)
      const is = Number(found.rows[0]?.rows)
      if (is !== rows) differences.push(`${name} has ${is} rows instead of ${rows}`)
    }
  }
  return differences
}

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS quoted
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p')`
