import { quoteName } from '../ground/quote.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { visit } from '../ground/sql/visit.ts'
import { type Condition, countWhere, label, orReason } from './constraint-conditions.ts'
import type { ColumnState, DatabaseState, TableState } from './database-state.ts'
import { toStateFrom, toStateSql } from './expression.ts'
import { doubtAll } from './follow-block.ts'
import { listOrigins } from './list-origins.ts'
import { CannotAsk, type Of, toNames } from './sql-tree.ts'
import { Throwing } from './throwing.ts'

/** As `followStatement`, for an UPDATE: rows whose value it changes, and rows for which the new value cannot be computed. */
export async function followUpdate(
  update: Of<'UpdateStmt'>,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const table = state.find(update.relation)
  if (!table) return []
  // Its rows are the phase's own, whatever they hold.
  if (table.isNew) return []
  const alias = update.relation?.alias?.aliasname ?? table.name
  const conditions: Condition[] = []
  const targets = (update.targetList ?? []).flatMap((target) =>
    'ResTarget' in target ? [target.ResTarget] : [],
  )
  const names = targets.map(({ name = '' }) => name)
  const origins = listOrigins(update, state)
  const counted = await orReason(async () => {
    if (update.withClause) throw new CannotAsk('it has a WITH clause')
    const where = update.whereClause ? await toStateSql(update.whereClause, state) : 'true'
    const doubt = doubtIn(update, table)
    if (doubt) throw doubt
    const from = update.fromClause?.length ? await toStateFrom(update.fromClause, state) : null
    return countWhere(table, from === null ? where : `EXISTS (SELECT FROM ${from} WHERE ${where})`, alias)
  })
  const counts = `rows of ${label(table)} whose ${names.join(', ')} it changes`
  conditions.push({ kind: 'loses', counts, sql: counted, of: table })
  const failing = await ofUpdateFailure(update, table, alias, state)
  if (failing) conditions.push(failing)
  const values = new Map<string, string>()
  const changed = new Map<string, ColumnState>()
  for (const { name = '', val } of targets) {
    const column = table.columns.get(name)
    if (!column) continue
    const value = await orReason(() => toUpdated(update, val, name, column, table, state))
    const doubt = value instanceof CannotAsk ? place : null
    if (typeof value === 'string') values.set(name, value)
    changed.set(name, { ...column, origins: new Set([...column.origins, ...origins]), doubt })
  }
  state.project(table, values, alias)
  for (const [name, column] of changed) table.columns.set(name, column)
  doubtGenerated(table, place)
  return conditions
}

async function toUpdated(
  update: Of<'UpdateStmt'>,
  value: SqlNode | undefined,
  name: string,
  column: ColumnState,
  table: TableState,
  state: DatabaseState,
): Promise<string> {
  if (!value || 'MultiAssignRef' in value || 'SetToDefault' in value || update.withClause)
    throw new CannotAsk('its value is not written there')
  const doubt = doubtIn(update, table)
  if (doubt) throw doubt
  const where = update.whereClause ? await toStateSql(update.whereClause, state) : null
  const sql = `(${await toStateSql(value, state)})::${state.castable(column.type)}`
  if (update.fromClause?.length) {
    const from = await toStateFrom(update.fromClause, state)
    const rows = `FROM ${from} WHERE ${where ?? 'true'}`
    return `CASE WHEN EXISTS (SELECT ${rows}) THEN (SELECT ${sql} ${rows} LIMIT 1) ELSE ${quoteName(update.relation?.alias?.aliasname ?? table.name)}.${quoteName(name)} END`
  }
  return where === null ? sql : `CASE WHEN ${where} THEN ${sql} ELSE ${quoteName(name)} END`
}

/** Rows on which the new value cannot be computed. Nothing where no row can fail, or nobody can tell. */
async function ofUpdateFailure(
  update: Of<'UpdateStmt'>,
  table: TableState,
  alias: string,
  state: DatabaseState,
): Promise<Condition | null> {
  if (update.fromClause?.length || update.withClause || doubtIn(update, table)) return null
  const parts: string[] = []
  try {
    for (const target of update.targetList ?? []) {
      if (!('ResTarget' in target) || !target.ResTarget.val) continue
      const { name = '', val } = target.ResTarget
      const column = table.columns.get(name)
      if (!column || 'SetToDefault' in val || 'MultiAssignRef' in val || 'A_Const' in val) continue
      parts.push(await new Throwing(state, table).ofAssignment(val, column.type))
    }
    const real = parts.filter((part) => part !== 'false')
    if (real.length === 0) return null
    const where = update.whereClause ? await toStateSql(update.whereClause, state) : 'true'
    const failing = real.map((part) => `(${part})`).join(' OR ')
    const sql = countWhere(table, `CASE WHEN ${where} THEN ${failing} ELSE false END`, alias)
    return {
      kind: 'fails',
      counts: `rows of ${label(table)} for which its new value cannot be computed`,
      sql,
      of: table,
    }
  } catch (error) {
    if (error instanceof CannotAsk) return null
    throw error
  }
}

/** As `followStatement`, for a DELETE: the rows that it deletes. */
export async function followDelete(
  statement: Of<'DeleteStmt'>,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const table = state.find(statement.relation)
  if (!table) return []
  const alias = statement.relation?.alias?.aliasname ?? table.name
  const held = await orReason(async () => {
    if (statement.withClause) throw new CannotAsk('it has a WITH clause')
    const doubt = doubtIn(statement, table)
    if (doubt) throw doubt
    const where = statement.whereClause ? await toStateSql(statement.whereClause, state) : 'true'
    if (!statement.usingClause?.length) return where
    return `EXISTS (SELECT FROM ${await toStateFrom(statement.usingClause, state)} WHERE ${where})`
  })
  const sql = typeof held === 'string' ? countWhere(table, held, alias) : held
  const of = table
  const conditions: Condition[] = table.isNew
    ? []
    : [{ kind: 'loses', counts: `rows of ${label(table)} that it deletes`, sql, of }]
  if (typeof held === 'string') {
    const names = [...table.columns.keys()].map(quoteName).join(', ')
    table.source = `(SELECT ${names} FROM ${table.source} AS ${quoteName(alias)} WHERE (${held}) IS NOT TRUE)`
  } else table.removes ??= place
  for (const { parent, child } of state.cascades) {
    const other = parent === label(table) ? state.tables.get(child) : undefined
    if (other) other.removes ??= place
  }
  return conditions
}

/** As `followStatement`, for an INSERT, which needs nothing of the rows before it. */
export async function followInsert(
  insert: Of<'InsertStmt'>,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const table = state.find(insert.relation)
  if (!table) return []
  table.adds ??= place
  if (insert.onConflictClause?.action === 'ONCONFLICT_UPDATE') table.removes ??= place
  const origins = listOrigins(insert, state)
  const named = (insert.cols ?? []).flatMap((col) => ('ResTarget' in col ? [col.ResTarget.name ?? ''] : []))
  for (const name of named.length > 0 ? named : table.columns.keys()) {
    const column = table.columns.get(name)
    if (column) table.columns.set(name, { ...column, origins: new Set([...column.origins, ...origins]) })
  }
  return []
}

/** As `followStatement`, for a TRUNCATE: all rows of its tables. */
export function followTruncate(
  { relations = [], behavior }: Of<'TruncateStmt'>,
  state: DatabaseState,
  place: string,
): readonly Condition[] {
  return relations.flatMap((relation): Condition[] => {
    const table = 'RangeVar' in relation ? state.find(relation.RangeVar) : undefined
    if (!table) return []
    const sql =
      table.removes === null
        ? countWhere(table, 'true')
        : new CannotAsk(`${table.removes} decides which rows are there`)
    const names = [...table.columns.keys()].map(quoteName).join(', ')
    table.source = `(SELECT ${names} FROM ${table.source} AS ${quoteName(table.name)} WHERE false)`
    if (behavior === 'DROP_CASCADE') doubtAll(state, place)
    return table.isNew
      ? []
      : [{ kind: 'loses', counts: `rows of ${label(table)} that it removes`, sql, of: table }]
  })
}

function doubtGenerated(table: TableState, place: string): void {
  for (const name of table.generated) {
    const column = table.columns.get(name)
    if (column) table.columns.set(name, { ...column, doubt: column.doubt ?? place })
  }
}

/** Why a statement that reads its own table cannot be followed. */
function doubtIn(statement: unknown, table: TableState): CannotAsk | null {
  if (table.removes !== null)
    return new CannotAsk(`${table.removes} decides which rows of ${label(table)} are there by then`)
  let doubt: CannotAsk | null = null
  visit(statement, (kind, value) => {
    if (kind !== 'ColumnRef') return
    const name = toNames(value.fields as SqlNode[]).at(-1) ?? ''
    const found = table.columns.get(name)?.doubt
    if (found) doubt = new CannotAsk(`${found} decides what ${label(table)}.${name} holds by then`)
  })
  return doubt
}
