import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { quoteName, quoteTable } from '../ground/quote.ts'
import { sqlstates } from '../ground/sqlstate.ts'
import { type Source, toTableKey } from '../model/source.ts'
import { maskRows, toLocated, toPlain } from './mask-rows.ts'
import { renderTableQuery } from './source/table-query.ts'
import { type MaskShared, type TablePlan, toTablePlan } from './table-plan.ts'

/** Rows of each table that are masked and tried on Postgres before the rest. */
const SAMPLE = 100

/**
 * Masks the first rows of each table and lets Postgres check them without writing: their types, domains and CHECK
 * constraints. Later rows are checked when the snapshot is loaded.
 */
export async function tryOut(
  client: pg.Client,
  source: Source,
  shared: MaskShared,
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const table of source.tables) {
    const plan = toTablePlan(table, shared)
    if (!plan?.columns.some(({ mask }) => mask !== null)) continue
    const rows = await readSample(client, source, plan)
    if (rows.length === 0) continue
    for (const fault of await judge(client, plan, rows)) faults.push(`${toTableKey(table)}: ${fault}`)
  }
  return faults
}

async function readSample(
  client: pg.Client,
  source: Source,
  plan: TablePlan,
): Promise<readonly (string | null)[][]> {
  const columns = plan.columns.map(({ column }) => column.name)
  const query = renderTableQuery(
    { table: plan.table, columns, ...(plan.subject && { subject: plan.subject }), limit: SAMPLE },
    source,
  )
  // All of it is read before any of it is masked, so that a value that cannot be leaves no half-read answer.
  const chunks: Buffer[] = []
  for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT`))) chunks.push(chunk as Buffer)
  return toMasked(plan, Buffer.concat(chunks))
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t').map((field) => (field === '\\N' ? null : toPlain(field))))
}

function toMasked(plan: TablePlan, rows: Buffer): string {
  try {
    return maskRows(plan, rows).bytes.toString('utf8')
  } catch (error) {
    throw toLocated(error, plan)
  }
}

async function judge(
  client: pg.Client,
  plan: TablePlan,
  rows: readonly (readonly (string | null)[])[],
): Promise<readonly string[]> {
  const checks = (
    await client.query<{ name: string; expression: string }>(EXPRESSIONS, [quoteTable(plan.table)])
  ).rows
  // A composite of the table's own row type runs each value through its column's input function, length and domain.
  const values = rows.map((row) => toRecord(plan, row))
  const from = `unnest($1::text[]) AS v(row), LATERAL (SELECT (v.row::${quoteTable(plan.table)}).*) AS ${quoteName(plan.table.name)}`
  const faults: string[] = []
  try {
    await client.query('SAVEPOINT tried')
    await client.query(`SELECT count(v.row::${quoteTable(plan.table)}) FROM unnest($1::text[]) AS v(row)`, [
      values,
    ])
    for (const { name, expression } of checks) {
      const { rows: found } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${from} WHERE NOT (${expression})`,
        [values],
      )
      const count = found[0]?.count ?? 0
      if (count > 0) faults.push(`the check ${name} refuses ${count} of the first ${rows.length} masked rows`)
    }
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const why =
      error.code === sqlstates.textTooLong ? 'is too long for its column' : 'is not of its type or domain'
    const named = error.constraint ? ` (${error.constraint})` : ''
    faults.push(`a masked value ${why}${named}, SQLSTATE ${error.code}`)
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT tried').catch(() => {})
  }
  return faults
}

/** A row in the text format of composite types, with generated columns as NULL. */
function toRecord(plan: TablePlan, row: readonly (string | null)[]): string {
  const fields = plan.table.columns.map(({ name }) => {
    const at = plan.columns.findIndex(({ column }) => column.name === name)
    const value = at === -1 ? null : (row[at] ?? null)
    return value === null ? '' : `"${value.replace(/["\\]/g, '$&$&')}"`
  })
  return `(${fields.join(',')})`
}

const EXPRESSIONS = `
  SELECT k.conname AS name, pg_catalog.pg_get_expr(k.conbin, k.conrelid) AS expression
    FROM pg_catalog.pg_constraint k
   WHERE k.conrelid = $1::regclass AND k.contype = 'c' AND k.convalidated
   ORDER BY k.conname`
