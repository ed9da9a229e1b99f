import { quoteName, quoteText } from '../ground/quote.ts'
import { callsFunction } from '../ground/sql/calls-function.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { visit } from '../ground/sql/visit.ts'
import { type Condition, countWhere, label, ofUniqueIndex, orReason } from './constraint-conditions.ts'
import type { ColumnState, DatabaseState, TableState } from './database-state.ts'
import { toStateFrom, toStateSql } from './expression.ts'
import { followAlterTable, toAddedColumns } from './follow-alter-table.ts'
import { doubtAll, followBlock } from './follow-block.ts'
import { listOrigins } from './list-origins.ts'
import { CannotAsk, type Of, toNames } from './sql-tree.ts'
import { Throwing } from './throwing.ts'

/**
 * What a statement needs of the rows before it, and what it makes of them: the state is changed to the one after the statement.
 * @param place of the statement, `file:line`
 */
export async function followStatement(
  node: SqlNode,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  if ('AlterTableStmt' in node) return followAlterTable(node.AlterTableStmt, state, place)
  if ('IndexStmt' in node) return followIndex(node.IndexStmt, state)
  if ('UpdateStmt' in node) return followUpdate(node.UpdateStmt, state, place)
  if ('DeleteStmt' in node) return followDelete(node.DeleteStmt, state, place)
  if ('InsertStmt' in node) return followInsert(node.InsertStmt, state, place)
  if ('TruncateStmt' in node) return followTruncate(node.TruncateStmt, state, place)
  if ('DropStmt' in node) return followDrop(node.DropStmt, state)
  if ('CreateStmt' in node) return followCreate(node.CreateStmt, state, place)
  if ('RenameStmt' in node) return followRename(node.RenameStmt, state)
  if ('AlterDomainStmt' in node) return followDomain(node.AlterDomainStmt, state)
  if ('CreateTableAsStmt' in node) return followUnknownTable(node.CreateTableAsStmt.into?.rel, state, place)
  if ('CreateEnumStmt' in node) {
    const values = toNames(node.CreateEnumStmt.vals)
    state.enums.set(state.typeKeyOf(toNames(node.CreateEnumStmt.typeName)), { values, isChanged: true })
  }
  if ('AlterEnumStmt' in node) followEnum(node.AlterEnumStmt, state)
  if ('AlterObjectSchemaStmt' in node) {
    const table = state.find(node.AlterObjectSchemaStmt.relation)
    if (table) state.renameTable(table, node.AlterObjectSchemaStmt.newschema ?? table.namespace, table.name)
  }
  if ('VariableSetStmt' in node && node.VariableSetStmt.name === 'search_path') {
    const args = node.VariableSetStmt.args ?? []
    const path = args.flatMap((arg) => ('A_Const' in arg ? [arg.A_Const.sval?.sval ?? ''] : []))
    state.searchPath = path.filter((name) => name !== '' && name !== '$user')
  }
  if ('DoStmt' in node) return followBlock(node, state, place, followStatement)
  if ('CallStmt' in node) doubtAll(state, place)
  if ('SelectStmt' in node && callsFunction(node)) doubtAll(state, place)
  if ('CopyStmt' in node) {
    const table = state.find(node.CopyStmt.relation)
    if (table) table.adds ??= place
  }
  return []
}

async function followIndex(index: Of<'IndexStmt'>, state: DatabaseState): Promise<readonly Condition[]> {
  const table = state.find(index.relation)
  if (!table) return []
  const name = index.idxname ?? ''
  if (index.if_not_exists && table.indexes.has(name)) return []
  const columns = (index.indexParams ?? []).flatMap((element) =>
    'IndexElem' in element && element.IndexElem.name ? [element.IndexElem.name] : [],
  )
  if (name !== '') table.indexes.set(name, columns)
  return index.unique && !table.isNew ? [await ofUniqueIndex(index, table, state)] : []
}

async function followUpdate(
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

async function followDelete(
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

async function followInsert(
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

function followTruncate(
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

function followDrop(
  { objects = [], removeType }: Of<'DropStmt'>,
  state: DatabaseState,
): readonly Condition[] {
  return objects.flatMap((object): Condition[] => {
    const names = 'List' in object ? toNames(object.List.items) : []
    if (removeType === 'OBJECT_INDEX') {
      for (const table of state.tables.values()) table.indexes.delete(names.at(-1) ?? '')
    }
    if (removeType !== 'OBJECT_TABLE') return []
    const [relname, schemaname] = names.toReversed()
    const key = state.keyOf({ relname, schemaname })
    const table = state.tables.get(key)
    state.tables.delete(key)
    if (!table || table.isNew) return []
    const sql = countWhere(table, 'true')
    return [{ kind: 'loses', counts: `rows of ${label(table)}, which it drops`, sql, of: table }]
  })
}

async function followCreate(
  create: Of<'CreateStmt'>,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const key = state.keyOf(create.relation)
  if (state.tables.has(key)) return []
  const elements = create.tableElts ?? []
  const isPlain =
    !create.inhRelations?.length && !create.partbound && !elements.some((one) => 'TableLikeClause' in one)
  const table = addTable(create.relation, state, isPlain ? null : place)
  const values: string[] = []
  for (const { name, type } of await toAddedColumns(elements, state)) {
    table.columns.set(name, { type, origins: new Set(), doubt: null })
    values.push(`NULL::${state.castable(type)} AS ${quoteName(name)}`)
  }
  table.source = `(SELECT ${values.join(', ')} WHERE false)`
  for (const element of elements) {
    const inline = 'ColumnDef' in element ? (element.ColumnDef.constraints ?? []) : [element]
    const column = 'ColumnDef' in element ? element.ColumnDef.colname : undefined
    for (const one of inline) {
      if (!('Constraint' in one) || one.Constraint.contype !== 'CONSTR_PRIMARY') continue
      table.primaryKey = column === undefined ? toNames(one.Constraint.keys) : [column]
    }
  }
  return []
}

function followUnknownTable(
  range: Of<'RangeVar'> | undefined,
  state: DatabaseState,
  place: string,
): readonly Condition[] {
  if (range && !state.find(range)) addTable(range, state, place)
  return []
}

function addTable(range: Of<'RangeVar'> | undefined, state: DatabaseState, adds: string | null): TableState {
  const key = state.keyOf(range)
  const [namespace = 'public'] = key.split('.')
  const table: TableState = {
    namespace,
    name: range?.relname ?? '',
    source: '(SELECT WHERE false)',
    columns: new Map(),
    isNew: true,
    adds,
    removes: null,
    primaryKey: [],
    constraints: new Map(),
    indexes: new Map(),
    generated: new Set(),
  }
  state.tables.set(key, table)
  return table
}

function followRename(rename: Of<'RenameStmt'>, state: DatabaseState): readonly Condition[] {
  const table = state.find(rename.relation)
  const { renameType, subname = '', newname = '' } = rename
  if (renameType === 'OBJECT_TABLE' && table) state.renameTable(table, table.namespace, newname)
  if (renameType === 'OBJECT_COLUMN' && table) {
    const list = [...table.columns].map(
      ([name, column]) => [name === subname ? newname : name, column] as const,
    )
    const renamed = [...table.columns.keys()].map((name) =>
      name === subname ? `${quoteName(name)} AS ${quoteName(newname)}` : quoteName(name),
    )
    table.source = `(SELECT ${renamed.join(', ')} FROM ${table.source} AS ${quoteName(table.name)})`
    table.columns = new Map(list)
    table.primaryKey = table.primaryKey.map((name) => (name === subname ? newname : name))
  }
  if (renameType === 'OBJECT_TABCONSTRAINT' && table) {
    const known = table.constraints.get(subname)
    if (known !== undefined) table.constraints.set(newname, known)
  }
  if (renameType === 'OBJECT_TYPE' && rename.object && 'List' in rename.object) {
    const key = state.typeKeyOf(toNames(rename.object.List.items))
    state.renameType(key, `${key.split('.')[0]}.${newname}`)
  }
  return []
}

function followEnum({ typeName, oldVal, newVal = '' }: Of<'AlterEnumStmt'>, state: DatabaseState): void {
  const key = state.typeKeyOf(toNames(typeName))
  const known = state.enums.get(key)
  if (!known) return
  const values = oldVal
    ? known.values.map((value) => (value === oldVal ? newVal : value))
    : [...new Set([...known.values, newVal])]
  state.changeEnum(key, values)
  if (!oldVal) return
  const [from, to] = [quoteText(oldVal), quoteText(newVal)]
  for (const table of state.tables.values()) {
    const renamed = [...table.columns].flatMap(([name, { type }]): [string, string][] => {
      if (state.enumOf(type)?.key !== key) return []
      const column = quoteName(name)
      if (type.endsWith(']')) return [[name, `array_replace(${column}, ${from}, ${to})`]]
      return [[name, `CASE ${column} WHEN ${from} THEN ${to} ELSE ${column} END`]]
    })
    if (renamed.length > 0) state.project(table, new Map(renamed))
  }
}

/** A rule of a domain holds for every column of that type. */
async function followDomain(
  alter: Of<'AlterDomainStmt'>,
  state: DatabaseState,
): Promise<readonly Condition[]> {
  const key = state.typeKeyOf(toNames(alter.typeName))
  const definition = alter.def && 'Constraint' in alter.def ? alter.def.Constraint : undefined
  if (alter.subtype !== 'O' && !(alter.subtype === 'C' && definition && !definition.skip_validation))
    return []
  const conditions: Condition[] = []
  for (const table of state.tables.values()) {
    for (const [name, { type }] of table.columns) {
      const bare = type.replaceAll('"', '')
      if (bare !== key && `public.${bare}` !== key) continue
      const column = `${quoteName(table.name)}.${quoteName(name)}`
      const from = `(SELECT ${column} AS "value" FROM ${table.source} AS ${quoteName(table.name)}) AS v`
      const sql = await orReason(async () =>
        definition?.raw_expr
          ? `SELECT count(*) FROM ${from} WHERE NOT (${await toStateSql(definition.raw_expr, state)})`
          : `SELECT count(*) FROM ${from} WHERE "value" IS NULL`,
      )
      conditions.push({
        kind: 'fails',
        counts: `rows of ${label(table)} whose ${name} breaks a rule of ${key}`,
        sql,
        of: table,
      })
    }
  }
  return conditions
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
