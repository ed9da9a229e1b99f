import { parseSql, type SqlNode } from '../ground/sql/parse-sql.ts'
import { visit } from '../ground/sql/visit.ts'
import type { DatabaseState } from './database-state.ts'
import { CannotAsk, toNames, toSql } from './sql-tree.ts'

/** Functions whose value differs from call to call, so that an expression with one of them cannot be asked beforehand. */
const VOLATILE =
  /^(random|gen_random_uuid|uuid_generate_v\d\w*|uuidv\d|clock_timestamp|timeofday|nextval|setval|currval)$/

/** An expression of a statement as SQL over the state before the phase: tables are replaced by what they hold by then. @throws CannotAsk */
export async function toStateSql(node: SqlNode, state: DatabaseState): Promise<string> {
  return toSql(await toStateNode(node, state))
}

/** As `toStateSql`, as a parse tree. @throws CannotAsk */
async function toStateNode(node: SqlNode, state: DatabaseState): Promise<SqlNode> {
  const copy = structuredClone(node)
  visit(copy, (kind, value) => {
    if (kind === 'FuncCall' && VOLATILE.test(toNames(value.funcname as SqlNode[]).at(-1) ?? ''))
      throw new CannotAsk(`${toNames(value.funcname as SqlNode[]).at(-1)}() gives another value at each call`)
    if (kind === 'ParamRef') throw new CannotAsk('it takes a parameter')
    if (kind === 'ColumnRef') {
      const fields = value.fields as SqlNode[]
      if (fields.length === 3) fields.shift()
    }
    if (kind === 'typeName' || kind === 'TypeName') qualifyType(value, state)
  })
  await replaceTables(copy, state, listCommonTables(copy))
  return copy
}

/** A FROM item of a statement as SQL over the state before the phase, with its alias. @throws CannotAsk */
export async function toStateFrom(items: readonly SqlNode[], state: DatabaseState): Promise<string> {
  const one: SqlNode = { A_Const: { ival: { ival: 1 } } }
  const select: SqlNode = {
    SelectStmt: {
      targetList: [{ ResTarget: { val: one } }],
      fromClause: [...items],
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  }
  const text = await toStateSql({ SubLink: { subLinkType: 'EXISTS_SUBLINK', subselect: select } }, state)
  return text.replace(/^EXISTS\s*\(SELECT 1 FROM /, '').replace(/\)$/, '')
}

function qualifyType(type: Record<string, unknown>, state: DatabaseState): void {
  const names = toNames(type.names as SqlNode[] | undefined)
  const key = state.typeKeyOf(names)
  const known = state.enums.get(key)
  if (known === undefined) return
  const parts = known.isChanged ? ['text'] : key.split('.')
  type.names = parts.map((sval) => ({ String: { sval } }))
}

function listCommonTables(tree: SqlNode): Set<string> {
  const names = new Set<string>()
  visit(tree, (kind, value) => {
    if (kind === 'CommonTableExpr') names.add(String(value.ctename))
  })
  return names
}

async function replaceTables(
  tree: unknown,
  state: DatabaseState,
  common: ReadonlySet<string>,
): Promise<void> {
  if (typeof tree !== 'object' || tree === null) return
  for (const value of Object.values(tree)) {
    if (!Array.isArray(value)) {
      await replaceTables(value, state, common)
      continue
    }
    for (const [position, item] of value.entries()) {
      const range = (item as { RangeVar?: Extract<SqlNode, { RangeVar: unknown }>['RangeVar'] }).RangeVar
      // What a table is replaced by reads the table itself, which must not be replaced again.
      if (range === undefined) await replaceTables(item, state, common)
      else if (range.schemaname || !common.has(range.relname ?? ''))
        value[position] = await toStateRange({ RangeVar: range }, state)
    }
  }
}

async function toStateRange(
  { RangeVar: range }: Extract<SqlNode, { RangeVar: unknown }>,
  state: DatabaseState,
): Promise<SqlNode> {
  const table = state.find(range)
  if (table === undefined) return { RangeVar: range }
  const doubt = table.adds ?? table.removes ?? (table.isNew ? 'this phase' : null)
  if (doubt !== null)
    throw new CannotAsk(`it reads ${table.namespace}.${table.name}, whose rows come from ${doubt}`)
  const name = table.source.startsWith('(') ? null : table
  if (name !== null) return { RangeVar: { ...range, schemaname: table.namespace, relname: table.name } }
  const parsed = (await parseSql(`SELECT * FROM ${table.source} AS q`))?.stmts?.[0]?.stmt
  if (parsed === undefined) throw new CannotAsk('what it reads cannot be written down again')
  const alias = range.alias ?? { aliasname: range.relname ?? '' }
  return { RangeSubselect: { subquery: parsed, alias } }
}
