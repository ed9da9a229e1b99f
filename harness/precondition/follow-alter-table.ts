import { quoteName } from '../ground/quote.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { visit } from '../ground/sql/visit.ts'
import { toColumnType } from './column-type.ts'
import {
  type Condition,
  countWhere,
  doubtOf,
  label,
  notNull,
  ofConstraint,
  orReason,
  parseConstraint,
} from './constraint-conditions.ts'
import type { Constraint, DatabaseState, TableState } from './database-state.ts'
import { toStateSql } from './expression.ts'
import { listOrigins } from './list-origins.ts'
import { CannotAsk, type Of, toNames } from './sql-tree.ts'
import { Throwing } from './throwing.ts'
import { toTypeText } from './type-text.ts'

type Command = Of<'AlterTableCmd'>

/** Postgres' own order of the commands of one ALTER TABLE; what is not named comes after them and before the constraints. */
const PASSES: readonly string[] = ['AT_DropColumn', 'AT_DropConstraint', 'AT_AlterColumnType', 'AT_AddColumn']

/** As `followStatement`, for the commands of an ALTER TABLE. */
export async function followAlterTable(
  alter: Of<'AlterTableStmt'>,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const table = state.find(alter.relation)
  if (!table || alter.objtype !== 'OBJECT_TABLE') return []
  const commands = (alter.cmds ?? []).flatMap((command) =>
    'AlterTableCmd' in command ? [command.AlterTableCmd] : [],
  )
  const toPass = ({ subtype = 'AT_AddColumn' }: Command) => {
    const pass = PASSES.indexOf(subtype)
    if (pass >= 0) return pass
    return subtype === 'AT_AddConstraint' ? PASSES.length + 1 : PASSES.length
  }
  const ordered = commands.toSorted((a, b) => toPass(a) - toPass(b))
  const conditions: Condition[] = []
  const types = ordered.filter(({ subtype }) => subtype === 'AT_AlterColumnType')
  for (const command of ordered) {
    if (command.subtype === 'AT_AlterColumnType') {
      // All new values are computed from the old row.
      if (command === types[0]) conditions.push(...(await followTypes(types, table, state, place)))
    } else conditions.push(...(await followCommand(command, table, state, place)))
  }
  return table.isNew ? [] : conditions
}

async function followCommand(
  command: Command,
  table: TableState,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const { subtype, name = '', def } = command
  const isConstraint = def !== undefined && 'Constraint' in def
  if (table.isNew && isConstraint && def.Constraint.contype !== 'CONSTR_PRIMARY') return []
  switch (subtype) {
    case 'AT_SetNotNull':
      return table.columns.has(name) ? [notNull(table, name)] : []
    case 'AT_AddConstraint':
      return def && 'Constraint' in def ? addConstraint(def.Constraint, table, state) : []
    case 'AT_ValidateConstraint':
      return validate(name, table, state)
    case 'AT_AddColumn':
      return def && 'ColumnDef' in def ? addColumn(command, def.ColumnDef, table, state, place) : []
    case 'AT_DropColumn':
      return dropColumn(name, table)
    case 'AT_AttachPartition':
      return [
        {
          kind: 'fails',
          counts: `rows outside of the bounds of a partition of ${label(table)}`,
          sql: new CannotAsk('whether rows lie within the bounds of a partition is not asked'),
          of: table,
        },
      ]
    case 'AT_DropConstraint':
      table.constraints.delete(name)
      return []
    case 'AT_SetExpression':
      table.columns.set(name, { type: '', origins: new Set(), ...table.columns.get(name), doubt: place })
      return []
    default:
      return []
  }
}

async function addConstraint(
  constraint: Constraint,
  table: TableState,
  state: DatabaseState,
): Promise<readonly Condition[]> {
  if (constraint.conname) table.constraints.set(constraint.conname, constraint)
  if (constraint.contype === 'CONSTR_PRIMARY') table.primaryKey = toNames(constraint.keys)
  // A constraint without a validity flag is valid at once; NOT VALID sets skip_validation.
  return constraint.skip_validation || table.isNew ? [] : ofConstraint(constraint, table, state)
}

async function validate(
  name: string,
  table: TableState,
  state: DatabaseState,
): Promise<readonly Condition[]> {
  const known = table.constraints.get(name)
  const constraint = typeof known === 'string' ? await parseConstraint(known) : (known ?? null)
  return constraint === null ? [] : ofConstraint(constraint, table, state)
}

function dropColumn(name: string, table: TableState): readonly Condition[] {
  if (!table.columns.has(name)) return []
  const column = `${quoteName(table.name)}.${quoteName(name)}`
  const sql = doubtOf(table, [name]) ?? countWhere(table, `${column} IS NOT NULL`)
  table.columns.delete(name)
  return [{ kind: 'loses', counts: `values of ${label(table)}.${name}, which it drops`, sql, of: table }]
}

async function addColumn(
  command: Command,
  definition: Of<'ColumnDef'>,
  table: TableState,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const name = definition.colname ?? ''
  if (table.columns.has(name)) return []
  const [{ type } = { type: 'text' }] = await toAddedColumns([{ ColumnDef: definition }], state)
  const constraints = (definition.constraints ?? []).flatMap((one) =>
    'Constraint' in one ? [one.Constraint] : [],
  )
  const given = constraints.find(
    ({ contype }) => contype === 'CONSTR_DEFAULT' || contype === 'CONSTR_GENERATED',
  )
  const isNumbered = /serial/.test(type) || constraints.some(({ contype }) => contype === 'CONSTR_IDENTITY')
  const value = await orReason(async () => {
    if (isNumbered) throw new CannotAsk('a sequence fills it')
    return given?.raw_expr
      ? `(${await toStateSql(given.raw_expr, state)})::${state.castable(type)}`
      : `NULL::${state.castable(type)}`
  })
  const isDoubtful = value instanceof CannotAsk
  // A default that differs from row to row is a value all the same, as far as NOT NULL asks.
  const isFilled = isNumbered || given !== undefined
  state.project(table, new Map([[name, isDoubtful ? `NULL::${state.castable(type)}` : value]]))
  const origins = listOrigins({ AlterTableCmd: command }, state)
  table.columns.set(name, { type, origins, doubt: isDoubtful ? place : null })
  const constant = given?.contype === 'CONSTR_DEFAULT' ? given.raw_expr : undefined
  const hasDefault = constant !== undefined && !('A_Const' in constant && constant.A_Const.isnull)
  const conditions: Condition[] = []
  for (const constraint of constraints) {
    const { contype } = constraint
    if (contype === 'CONSTR_NOTNULL' && (hasDefault || (isFilled && isDoubtful))) continue
    const keys = contype === 'CONSTR_FOREIGN' ? 'fk_attrs' : 'keys'
    const whole: Constraint = { ...constraint, [keys]: [{ String: { sval: name } }] }
    if (isDoubtful && contype !== 'CONSTR_CHECK' && contype !== 'CONSTR_FOREIGN' && isNumbered) continue
    conditions.push(...(await ofConstraint(whole, table, state)))
    if (contype === 'CONSTR_PRIMARY') table.primaryKey = [name]
  }
  return conditions
}

async function followTypes(
  commands: readonly Command[],
  table: TableState,
  state: DatabaseState,
  place: string,
): Promise<readonly Condition[]> {
  const conditions: Condition[] = []
  const values = new Map<string, string>()
  const throwing = new Throwing(state, table)
  const after: (() => void)[] = []
  for (const { name = '', def } of commands) {
    const column = table.columns.get(name)
    if (!column || !def || !('ColumnDef' in def)) continue
    const [{ type } = { type: 'text' }] = await toAddedColumns([def], state)
    const using = def.ColumnDef.raw_default ?? { ColumnRef: { fields: [{ String: { sval: name } }] } }
    const read = listColumns(using)
    const failing = await orReason(async () => {
      const condition = await throwing.ofAssignment(using, type)
      return doubtOf(table, read) ?? condition
    })
    if (failing !== 'false') {
      const sql = typeof failing === 'string' ? countWhere(table, failing) : failing
      conditions.push({
        kind: 'fails',
        counts: `rows of ${label(table)} whose ${name} does not become ${type}`,
        sql,
        of: table,
      })
    }
    const lost = await ofShortened(using, name, type, table, state)
    if (lost) conditions.push(lost)
    const value = await orReason(async () => `(${await toStateSql(using, state)})::${state.castable(type)}`)
    const doubt = value instanceof CannotAsk ? place : column.doubt
    const canFail = failing !== 'false'
    // Once a row has made the statement fail, nothing after it is asked; a cast that fails must not stop later conditions either.
    if (typeof value === 'string')
      values.set(
        name,
        canFail && typeof failing === 'string' ? `CASE WHEN ${failing} THEN NULL ELSE ${value} END` : value,
      )
    const unknown = typeof failing === 'string' ? doubt : (doubt ?? place)
    after.push(() => table.columns.set(name, { ...column, type, doubt: unknown }))
  }
  for (const [name] of values) if (isUnsure(conditions, name, table)) values.delete(name)
  if (values.size > 0) state.project(table, values)
  for (const apply of after) apply()
  return conditions
}

/** A cast that nobody can foretell is not part of what later conditions read. */
function isUnsure(conditions: readonly Condition[], name: string, table: TableState): boolean {
  return conditions.some(
    ({ kind, sql, counts }) =>
      kind === 'fails' &&
      sql instanceof CannotAsk &&
      counts.startsWith(`rows of ${label(table)} whose ${name} `),
  )
}

/** An explicit cast to a length cuts texts off without a word. */
async function ofShortened(
  using: SqlNode,
  name: string,
  type: string,
  table: TableState,
  state: DatabaseState,
): Promise<Condition | null> {
  const { family, size, isArray } = toColumnType(type)
  if (!('TypeCast' in using) || !using.TypeCast.arg || family !== 'text' || size === null || isArray)
    return null
  const arg = using.TypeCast.arg
  const sql = await orReason(
    async () =>
      doubtOf(table, listColumns(arg)) ??
      countWhere(table, `char_length((${await toStateSql(arg, state)})::text) > ${size}`),
  )
  return {
    kind: 'loses',
    counts: `rows of ${label(table)} whose ${name} is cut off at ${size} characters`,
    sql,
    of: table,
  }
}

function listColumns(node: SqlNode): readonly string[] {
  const names: string[] = []
  visit({ node }, (kind, value) => {
    if (kind === 'ColumnRef') names.push(toNames(value.fields as SqlNode[]).at(-1) ?? '')
  })
  return names
}

/** Names and types, as SQL, of the columns that a definition lists. */
export async function toAddedColumns(
  elements: readonly SqlNode[],
  state: DatabaseState,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  const columns: { name: string; type: string }[] = []
  for (const element of elements) {
    if (!('ColumnDef' in element) || !element.ColumnDef.typeName) continue
    const { colname = '', typeName } = element.ColumnDef
    columns.push({ name: colname, type: await toTypeText(typeName, state) })
  }
  return columns
}
