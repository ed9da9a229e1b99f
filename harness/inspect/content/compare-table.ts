import type pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import type { ColumnChange, ColumnIdentity, RowSet, TableChange, TableIdentity } from '../../model/content.ts'
import { toTextSql } from './column-text.ts'
import { compareRows, type TwoSides } from './compare-rows.ts'
import { fetchExpectedText } from './expected-text.ts'
import { toFrom } from './fetch-content.ts'
import { toColumnDigestsSql } from './hashed-rows.ts'
import type { ColumnPair, TablePair } from './match-tables.ts'

/** Connections to the state before and after. */
export interface TwoClients {
  readonly before: pg.ClientBase
  readonly after: pg.ClientBase
}

/** A column that both states have, with the SQL of the texts that must be the same. */
export interface SharedColumn {
  readonly was: ColumnIdentity
  readonly is: ColumnIdentity
  readonly isSame: boolean
  readonly before: string
  readonly after: string
}

/** A table that is there in both states. */
export interface StandingPair extends TablePair {
  readonly is: TableIdentity
}

/** Compares a table with what it was, row by row where digests differ; null when nothing of it is lost, new or changed. */
export async function compareTable(clients: TwoClients, pair: StandingPair): Promise<TableChange | null> {
  const shared = await fetchSharedColumns(clients.before, pair)
  const key = await chooseKey(clients, pair, shared)
  const compared = shared.filter((column) => !key.columns.includes(column))
  const found = await compareRows(toTwoSides(clients, pair, key, compared))
  const changed = compared.flatMap((column, place): ColumnChange[] => {
    const rows = found.columns.get(place)
    return rows ? [toColumnChange(column, rows)] : []
  })
  const unseen = shared.filter(
    (column) => !column.isSame && !changed.some((one) => one.column === column.was.name),
  )
  const columns = [
    ...changed,
    ...(await fetchEmptied(clients.before, pair, unseen)),
    ...(await fetchDropped(clients.before, pair)),
  ]
  const { lost, added } = found
  if (lost.rows === 0 && added.rows === 0 && columns.length === 0) return null
  const { namespace, name, rows } = pair.was
  return {
    table: `${namespace}.${name}`,
    rows,
    key: key.isUnique ? key.columns.map(({ was }) => was.name) : [],
    lost,
    added,
    columns,
    isDropped: false,
  }
}

/** The columns that both states have. */
export async function fetchSharedColumns(
  before: pg.ClientBase,
  { was: table, columns }: TablePair,
): Promise<readonly SharedColumn[]> {
  const shared: SharedColumn[] = []
  for (const { was, is, isSame } of columns) {
    if (!is) continue
    const text = await fetchExpectedText(before, table, was, is)
    shared.push({ was, is, isSame, before: text, after: toTextSql(is) })
  }
  return shared
}

/** What the rows of both states are told apart by. */
interface RowKey {
  readonly columns: readonly SharedColumn[]
  /** True: no two rows have the same key, so that keys may be told. */
  readonly isUnique: boolean
}

/** The two sides of a comparison over these columns. */
export function toTwoSides(
  { before, after }: TwoClients,
  { was, is }: StandingPair,
  { columns: key, isUnique }: RowKey,
  compared: readonly { readonly before: string; readonly after: string }[],
): TwoSides {
  const toSide = (client: pg.ClientBase, table: TableIdentity, side: 'before' | 'after') => ({
    client,
    rows: { table, key: key.map((column) => column[side]), columns: compared.map((column) => column[side]) },
  })
  return {
    before: toSide(before, was, 'before'),
    after: toSide(after, is, 'after'),
    tellsKeys: isUnique,
  }
}

/**
 * Chooses by what rows are told apart: a unique key of either state; else the columns that hold the same values in both, whatever the
 * rows they stand in; else all of them, and then a row that changed is one lost and one added.
 */
export async function chooseKey(
  clients: TwoClients,
  pair: StandingPair,
  shared: readonly SharedColumn[],
): Promise<RowKey> {
  const ofBefore = pair.was.key.map((number) => shared.find(({ was }) => was.number === number))
  const ofAfter = pair.is.key.map((number) => shared.find(({ is }) => is.number === number))
  for (const found of [ofBefore, ofAfter]) {
    const columns = found.filter((column) => column?.isSame)
    if (columns.length > 0 && columns.length === found.length) {
      return { columns: columns.filter((column) => column !== undefined), isUnique: true }
    }
  }
  if (shared.length === 0) return { columns: [], isUnique: false }
  const digest = async (client: pg.ClientBase, table: TableIdentity, side: 'before' | 'after') => {
    const sql = toColumnDigestsSql({ table, key: [], columns: shared.map((column) => column[side]) })
    return Object.values((await client.query<Record<string, string>>(sql)).rows[0] ?? {})
  }
  const [was, is] = await Promise.all([
    digest(clients.before, pair.was, 'before'),
    digest(clients.after, pair.is, 'after'),
  ])
  const equal = shared.filter((_, place) => was[place] === is[place])
  return { columns: equal.length > 0 ? equal : shared, isUnique: false }
}

function toColumnChange({ was, is, isSame }: SharedColumn, { rows, keys }: RowSet): ColumnChange {
  return {
    column: was.name,
    rows,
    keys,
    fate: isSame ? 'kept' : 'recreated',
    retyped: was.type === is.type ? null : { from: was.type, to: is.type },
  }
}

/** Columns made anew of which these rows cannot say whether their values were copied, because they held none. */
async function fetchEmptied(
  before: pg.ClientBase,
  { was }: TablePair,
  columns: readonly SharedColumn[],
): Promise<readonly ColumnChange[]> {
  const held = await countValues(
    before,
    was,
    columns.map((column) => column.was),
  )
  return columns.flatMap((column, at) =>
    held[at] === 0 ? [toColumnChange(column, { rows: 0, keys: [] })] : [],
  )
}

async function fetchDropped(
  before: pg.ClientBase,
  { was: table, columns }: TablePair,
): Promise<readonly ColumnChange[]> {
  const dropped = columns.filter((pair: ColumnPair) => pair.is === null).map(({ was }) => was)
  const counts = await countValues(before, table, dropped)
  return dropped.flatMap(({ name }, at): ColumnChange[] => {
    const held = counts[at] ?? 0
    return held === 0 ? [] : [{ column: name, rows: held, keys: [], fate: 'dropped', retyped: null }]
  })
}

/** How many values each of these columns holds that are not NULL. */
async function countValues(
  client: pg.ClientBase,
  table: TableIdentity,
  columns: readonly ColumnIdentity[],
): Promise<readonly number[]> {
  if (columns.length === 0) return []
  const counts = columns.map(({ name }, at) => `count(${quoteName(name)}) AS c${at}`)
  const { rows } = await client.query<Record<string, string>>(
    `SELECT ${counts.join(', ')} FROM ${toFrom(table)}`,
  )
  return columns.map((_, at) => Number(rows[0]?.[`c${at}`] ?? 0))
}
