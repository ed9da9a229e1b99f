import { quoteName } from '../ground/quote.ts'
import { parseSql, type SqlNode } from '../ground/sql/parse-sql.ts'
import { renderExpression } from '../ground/sql/render-sql.ts'
import type { Constraint, DatabaseState, TableState } from './database-state.ts'
import { toStateSql } from './expression.ts'
import { CannotAsk, type Of, toNames } from './sql-tree.ts'

/** A condition before it has its place: what it counts, and the SELECT that counts. */
export interface Condition {
  readonly kind: 'fails' | 'loses'
  readonly counts: string
  /** A SELECT, or why there is none. */
  readonly sql: string | CannotAsk
  /** Tables whose rows it counts. */
  readonly of: TableState
}

/** The table's name as messages write it. */
export function label({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}.${name}`
}

/** Counts the rows of a table, as it is by then, that a condition in SQL is true for. */
export function countWhere(table: TableState, condition: string, alias = table.name): string {
  return `SELECT count(*) FROM ${table.source} AS ${quoteName(alias)} WHERE ${condition}`
}

/** Rows without a value in a column. */
export function notNull(table: TableState, column: string): Condition {
  return {
    kind: 'fails',
    counts: `rows of ${label(table)} without a value in ${column}`,
    sql: doubtOf(table, [column]) ?? countWhere(table, `${columnSql(table, column)} IS NULL`),
    of: table,
  }
}

/** What rows a constraint refuses, one condition for each way; none where it is NOT VALID. */
export async function ofConstraint(
  constraint: Constraint,
  table: TableState,
  state: DatabaseState,
): Promise<readonly Condition[]> {
  switch (constraint.contype) {
    case 'CONSTR_NOTNULL':
      return toNames(constraint.keys).map((column) => notNull(table, column))
    case 'CONSTR_CHECK':
      return [await ofCheck(constraint, table, state)]
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return ofKey(constraint, table)
    case 'CONSTR_FOREIGN':
      return [ofForeignKey(constraint, table, state)]
    case 'CONSTR_EXCLUSION':
      return [await ofExclusion(constraint, table, state)]
    default:
      return []
  }
}

/** Rows of which another has the same key, all but one of each key. */
export async function ofUniqueIndex(
  index: Of<'IndexStmt'>,
  table: TableState,
  state: DatabaseState,
): Promise<Condition> {
  const sql = await orReason(async () => {
    const keys: string[] = []
    for (const element of index.indexParams ?? []) {
      if (!('IndexElem' in element)) continue
      const { name, expr, collation } = element.IndexElem
      const base = expr ? `(${await toExpression(expr, table, state)})` : columnSql(table, name ?? '')
      const collate = toNames(collation).map(quoteName).join('.')
      keys.push(collate === '' ? base : `${base} COLLATE ${collate}`)
    }
    const where = index.whereClause ? await toExpression(index.whereClause, table, state) : null
    const names = (index.indexParams ?? []).flatMap((element) =>
      'IndexElem' in element && element.IndexElem.name ? [element.IndexElem.name] : [],
    )
    return doubtOf(table, names) ?? countDuplicates(table, keys, index.nulls_not_distinct === true, where)
  })
  const keys = await describeKeys(index)
  return {
    kind: 'fails',
    counts: `rows of ${label(table)} that are not alone with their ${keys}`,
    sql,
    of: table,
  }
}

/** Parses a constraint as `pg_get_constraintdef` prints it; null when it cannot be. */
export async function parseConstraint(definition: string): Promise<Constraint | null> {
  const tree = await parseSql(`ALTER TABLE t ADD ${definition.replace(/ NOT VALID$/, '')}`)
  const node = tree?.stmts?.[0]?.stmt
  const command = node && 'AlterTableStmt' in node ? node.AlterTableStmt.cmds?.[0] : undefined
  const definitionNode = command && 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined
  return definitionNode && 'Constraint' in definitionNode ? definitionNode.Constraint : null
}

/** Runs what makes the SQL of a condition; what cannot be asked becomes the reason. */
export async function orReason(make: () => Promise<string | CannotAsk>): Promise<string | CannotAsk> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof CannotAsk) return error
    throw error
  }
}

/** Why columns of a table cannot be told before the phase; null when they can. */
export function doubtOf(table: TableState, columns: readonly string[]): CannotAsk | null {
  if (table.removes !== null)
    return new CannotAsk(`${table.removes} decides which rows of ${label(table)} are there by then`)
  for (const column of columns) {
    const doubt = table.columns.get(column)?.doubt
    if (doubt) return new CannotAsk(`${doubt} decides what ${label(table)}.${column} holds by then`)
  }
  return null
}

function columnSql(table: TableState, column: string): string {
  return `${quoteName(table.name)}.${quoteName(column)}`
}

async function toExpression(node: SqlNode, table: TableState, state: DatabaseState): Promise<string> {
  const text = await toStateSql(node, state)
  const doubtful = [...table.columns].find(
    ([name, { doubt }]) => doubt !== null && new RegExp(`\\b${toPattern(name)}\\b`).test(text),
  )
  if (doubtful)
    throw new CannotAsk(`${doubtful[1].doubt} decides what ${label(table)}.${doubtful[0]} holds by then`)
  return text
}

function toPattern(name: string): string {
  return name.replace(/[^\w]/g, '\\$&')
}

async function ofCheck(constraint: Constraint, table: TableState, state: DatabaseState): Promise<Condition> {
  const sql = await orReason(async () => {
    if (!constraint.raw_expr) throw new CannotAsk('its condition is not written there')
    return (
      doubtOf(table, []) ??
      countWhere(table, `NOT (${await toExpression(constraint.raw_expr, table, state)})`)
    )
  })
  const name = constraint.conname ? ` ${constraint.conname}` : ''
  return { kind: 'fails', counts: `rows of ${label(table)} that break CHECK${name}`, sql, of: table }
}

function ofKey(constraint: Constraint, table: TableState): readonly Condition[] {
  const isPrimary = constraint.contype === 'CONSTR_PRIMARY'
  const columns = constraint.indexname
    ? (table.indexes.get(constraint.indexname) ?? [])
    : toNames(constraint.keys)
  const missing = isPrimary ? columns.map((column) => notNull(table, column)) : []
  if (constraint.indexname) return missing
  const keys = columns.map((column) => columnSql(table, column))
  const sql =
    doubtOf(table, columns) ?? countDuplicates(table, keys, constraint.nulls_not_distinct === true, null)
  const counts = `rows of ${label(table)} that are not alone with their (${columns.join(', ')})`
  return [...missing, { kind: 'fails', counts, sql, of: table }]
}

function countDuplicates(
  table: TableState,
  keys: readonly string[],
  nullsAreEqual: boolean,
  where: string | null,
): string {
  const present = nullsAreEqual ? [] : keys.map((key) => `${key} IS NOT NULL`)
  const conditions = [...(where === null ? [] : [`(${where})`]), ...present]
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const from = `${table.source} AS ${quoteName(table.name)}`
  return `SELECT coalesce(sum(n - 1), 0)::bigint FROM (SELECT count(*) AS n FROM ${from}${filter} GROUP BY ${keys.join(', ')} HAVING count(*) > 1) AS groups`
}

function ofForeignKey(constraint: Constraint, table: TableState, state: DatabaseState): Condition {
  const columns = toNames(constraint.fk_attrs)
  const parent = state.find(constraint.pktable)
  const named = toNames(constraint.pk_attrs)
  const referred = named.length > 0 ? named : (parent?.primaryKey ?? [])
  const parentLabel = parent ? label(parent) : state.keyOf(constraint.pktable)
  const make = (): string | CannotAsk => {
    if (parent === undefined) return new CannotAsk(`${parentLabel} is not known before it`)
    if (parent.adds !== null)
      return new CannotAsk(`${parent.adds} decides which rows of ${parentLabel} are there by then`)
    const doubt = doubtOf(table, columns) ?? doubtOf(parent, referred)
    if (doubt) return doubt
    if (referred.length !== columns.length) return new CannotAsk(`the key of ${parentLabel} is not known`)
    const own = columns.map((column) => `c.${quoteName(column)}`)
    const equal = own.map((column, position) => `p.${quoteName(referred[position] ?? '')} = ${column}`)
    const whole = own.map((column) => `${column} IS NOT NULL`).join(' AND ')
    const lonely = `${whole} AND NOT EXISTS (SELECT FROM ${parent.source} AS p WHERE ${equal.join(' AND ')})`
    const some = own.map((column) => `${column} IS NOT NULL`).join(' OR ')
    const isFull = constraint.fk_matchtype === 'f' && own.length > 1
    const condition = isFull ? `(${lonely}) OR ((${some}) AND NOT (${whole}))` : lonely
    return `SELECT count(*) FROM ${table.source} AS c WHERE ${condition}`
  }
  const counts = `rows of ${label(table)} whose (${columns.join(', ')}) is no (${referred.join(', ')}) of ${parentLabel}`
  return { kind: 'fails', counts, sql: make(), of: table }
}

async function ofExclusion(
  constraint: Constraint,
  table: TableState,
  state: DatabaseState,
): Promise<Condition> {
  const sql = await orReason(async () => {
    const selected: string[] = []
    const equal: string[] = []
    for (const [position, pair] of (constraint.exclusions ?? []).entries()) {
      const [element, operator] = 'List' in pair ? (pair.List.items ?? []) : []
      if (!element || !('IndexElem' in element) || !operator || !('List' in operator)) continue
      const { expr, name } = element.IndexElem
      const value = expr ? `(${await toExpression(expr, table, state)})` : columnSql(table, name ?? '')
      selected.push(`${value} AS ${quoteName(`k${position}`)}`)
      const [symbol = '=', namespace] = toNames(operator.List.items).reverse()
      const called = namespace === undefined ? symbol : `OPERATOR(${quoteName(namespace)}.${symbol})`
      equal.push(`a.${quoteName(`k${position}`)} ${called} b.${quoteName(`k${position}`)}`)
    }
    const where = constraint.where_clause
      ? ` WHERE ${await toExpression(constraint.where_clause, table, state)}`
      : ''
    const rows = `SELECT row_number() OVER () AS row, ${selected.join(', ')} FROM ${table.source} AS ${quoteName(table.name)}${where}`
    const names = (constraint.exclusions ?? []).flatMap((pair) => {
      const [element] = 'List' in pair ? (pair.List.items ?? []) : []
      return element && 'IndexElem' in element && element.IndexElem.name ? [element.IndexElem.name] : []
    })
    return (
      doubtOf(table, names) ??
      `WITH keyed AS MATERIALIZED (${rows}) SELECT count(*) FROM keyed AS a WHERE EXISTS (SELECT FROM keyed AS b WHERE a.row <> b.row AND ${equal.join(' AND ')})`
    )
  })
  return { kind: 'fails', counts: `rows of ${label(table)} that exclude each other`, sql, of: table }
}

async function describeKeys(index: Of<'IndexStmt'>): Promise<string> {
  const keys: string[] = []
  for (const element of index.indexParams ?? []) {
    if (!('IndexElem' in element)) continue
    const { name, expr } = element.IndexElem
    keys.push(expr ? await orExpression(expr) : (name ?? ''))
  }
  return `(${keys.join(', ')})`
}

async function orExpression(expr: SqlNode): Promise<string> {
  return (await renderExpression(expr)) ?? 'an expression'
}
