import pg from 'pg'
import { quoteName, quoteTable } from '../../ground/quote.ts'
import type { Progress } from '../../model/ports.ts'
import { toTableKey } from '../../model/source.ts'
import {
  type Copying,
  renderChoice,
  renderCopies,
  renderKeys,
  renderRows,
  toChoice,
  toKeys,
} from './copies-sql.ts'
import type { KeyedTable } from './fetch-keys.ts'
import { planCopies } from './plan-copies.ts'
import { listReferredColumns, planReferences } from './references.ts'
import { scaleRefused } from './scale-refused.ts'
import type { ScaledRows } from './to-scaled-rows.ts'

/**
 * Multiplies rows of loaded tables that have no keys and triggers yet. Temporary tables and settings last until the
 * session ends. After an error the **caller drops the database**.
 * @param tables with the keys they will have
 * @throws scale-refused
 */
export async function multiplyRows(
  client: pg.Client,
  tables: readonly KeyedTable[],
  wanted: ScaledRows,
  { snapshot, progress }: { readonly snapshot: string; readonly progress: Progress },
): Promise<void> {
  // Copies get other values where something must stay unique.
  // References lead to copies where those tables are multiplied too. The keys and foreign keys that are made
  // afterwards hold the result against all of it.
  // Same order on every run, and hash joins that stay in memory.
  await client.query(
    `SET synchronize_seqscans = off; SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'`,
  )
  const { order, movable } = planReferences(tables)
  const byKey = new Map<string, Copying>()
  for (const [id, table] of order.entries()) {
    const rows = await countRows(client, table)
    byKey.set(toTableKey(table), {
      table,
      id,
      rows,
      copies: Math.max(0, (wanted[toTableKey(table)] ?? 0) - rows),
      sources: rows,
      fresh: new Map(),
      chosen: [],
      movable: [],
      referred: listReferredColumns(table, tables),
    })
  }
  const all = order.map((table) => {
    const references = (movable.get(toTableKey(table)) ?? []).flatMap((key) => {
      const parent = byKey.get(key.refers.table)
      return parent ? [{ key, parent }] : []
    })
    return Object.assign(byKey.get(toTableKey(table)) as Copying, { movable: references })
  })
  const grown = all.filter(({ copies }) => copies > 0)
  const needed = new Set([
    ...grown,
    ...grown.flatMap((copying) => copying.movable.map(({ parent }) => parent)),
  ])
  const primaryKeys = tables.flatMap((table) =>
    table.primaryKey.length === 1
      ? [{ table: renderRows(table), column: table.primaryKey[0] as string }]
      : [],
  )
  const prepared = all.filter((copying) => needed.has(copying))
  for (const copying of prepared) {
    await within(copying, () => planCopies(client, copying, snapshot, primaryKeys))
  }
  for (const copying of prepared) await within(copying, () => makeKeys(client, copying))
  for (const copying of grown) {
    const { table, rows, copies } = copying
    progress.step(`${toTableKey(table)}: ${count(rows)} rows multiplied to ${count(rows + copies)}`)
    await within(copying, () => insertCopies(client, copying))
  }

  /** Runs a step on one table. What Postgres says quotes rows, so a refusal tells only names. */
  async function within(copying: Copying, body: () => Promise<void>): Promise<void> {
    try {
      await body()
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !/^2[23]/.test(error.code ?? '')) throw error
      const constraint = error.constraint ?? error.column ?? 'its columns'
      throw scaleRefused(
        snapshot,
        { table: toTableKey(copying.table), constraint },
        `Postgres refused a copy (SQLSTATE ${error.code})`,
      )
    }
  }
}

async function countRows(client: pg.Client, table: KeyedTable): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${renderRows(table)}`)
  return Number(rows[0]?.count)
}

/** Makes the table of what others refer to in this one, after the choices that its own keys among that need. */
async function makeKeys(client: pg.Client, copying: Copying): Promise<void> {
  for (const [at, { key }] of copying.chosen.entries()) {
    if (key.columns.some((column) => copying.referred.includes(column))) await makeChoice(client, copying, at)
  }
  await client.query(`CREATE TEMP TABLE ${toKeys(copying)} AS ${renderKeys(copying)}`)
  await client.query(`ANALYZE ${toKeys(copying)}`)
}

async function makeChoice(client: pg.Client, copying: Copying, at: number): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE IF NOT EXISTS ${toChoice(copying, at)} AS ${renderChoice(copying, at)}`,
  )
  await client.query(`ANALYZE ${toChoice(copying, at)}`)
}

async function insertCopies(client: pg.Client, copying: Copying): Promise<void> {
  for (const at of copying.chosen.keys()) await makeChoice(client, copying, at)
  const columns = copying.table.columns.filter(({ generated }) => !generated).map(({ name }) => name)
  const list = columns.map(quoteName).join(', ')
  const { rowCount } = await client.query(
    `INSERT INTO ${quoteTable(copying.table)} ${list === '' ? '' : `(${list}) OVERRIDING SYSTEM VALUE`}
     SELECT ${list} FROM (${renderCopies(copying, columns)}) AS copies`,
  )
  if (rowCount !== copying.copies)
    throw new RangeError(`${rowCount} copies of ${toTableKey(copying.table)} instead of ${copying.copies}`)
}

function count(rows: number): string {
  return rows.toLocaleString('en-US')
}
