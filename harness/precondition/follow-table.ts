import { quoteName } from '../ground/quote.ts'
import { type Condition, countWhere, label } from './constraint-conditions.ts'
import type { DatabaseState, TableState } from './database-state.ts'
import { toAddedColumns } from './follow-alter-table.ts'
import { type Of, toNames } from './sql-tree.ts'

/** As `followStatement`, for a DROP: the rows of dropped tables. */
export function followDrop(
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

/** As `followStatement`, for a CREATE TABLE: the table is known from then on. */
export async function followCreate(
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

/** A table is made of rows that only the statement knows. */
export function followUnknownTable(
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

/** As `followStatement`, for a RENAME. */
export function followRename(rename: Of<'RenameStmt'>, state: DatabaseState): readonly Condition[] {
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
