import { parseStatements } from './list-statements.ts'
import { parsePlpgsql, parseSql, type SqlNode } from './parse-sql.ts'
import { visit } from './visit.ts'

/** Something that a migration creates, by the name under which another file would miss it. */
interface CreatedObject {
  readonly kind: 'relation' | 'column' | 'type' | 'index' | 'constraint' | 'schema'
  /** Without `public.`; with any other namespace: `audit.entries`. A column or constraint alone, its table beside it. */
  readonly name: string
  readonly table?: string
}

/**
 * What an SQL text creates or renames something to: tables, views, sequences (all `relation`), added columns, types, indexes, named
 * constraints, schemas. Looks into DO blocks too, except at SQL that the block puts together itself. Empty when the text can't be parsed.
 */
export async function listObjectsCreated(sql: string): Promise<readonly CreatedObject[]> {
  const created: CreatedObject[] = []
  for (const { node } of (await parseStatements(sql)) ?? []) {
    if ('DoStmt' in node) {
      for (const inner of await listInnerSql(node)) created.push(...(await listObjectsCreated(inner)))
    } else created.push(...toCreated(node))
  }
  return created
}

/** The SQL statements inside a DO block as texts, except what the block puts together itself; empty when its body can't be parsed. */
export async function listInnerSql(block: Extract<SqlNode, { DoStmt: unknown }>): Promise<readonly string[]> {
  const body = toBlockBody(block)
  return body === null ? [] : listBlockSql(body)
}

function toCreated(node: SqlNode): CreatedObject[] {
  if ('CreateStmt' in node) return relation(node.CreateStmt.relation)
  if ('CreateTableAsStmt' in node) return relation(node.CreateTableAsStmt.into?.rel)
  if ('SelectStmt' in node) return relation(node.SelectStmt.intoClause?.rel)
  if ('ViewStmt' in node) return relation(node.ViewStmt.view)
  if ('CreateSeqStmt' in node) return relation(node.CreateSeqStmt.sequence)
  if ('CreateEnumStmt' in node) return named('type', toDotted(node.CreateEnumStmt.typeName))
  if ('CreateDomainStmt' in node) return named('type', toDotted(node.CreateDomainStmt.domainname))
  if ('CompositeTypeStmt' in node) return named('type', toName(node.CompositeTypeStmt.typevar))
  if ('CreateSchemaStmt' in node) return named('schema', node.CreateSchemaStmt.schemaname)
  if ('IndexStmt' in node) return named('index', node.IndexStmt.idxname)
  if ('AlterTableStmt' in node) return toAdded(node.AlterTableStmt)
  if ('RenameStmt' in node) return toRenamed(node.RenameStmt)
  return []
}

type Of<K extends string> = Extract<SqlNode, Record<K, unknown>> extends Record<K, infer V> ? V : never
type RangeVar = Of<'RangeVar'>

function toAdded({ relation: target, cmds }: Of<'AlterTableStmt'>): CreatedObject[] {
  const table = toName(target)
  return (cmds ?? []).flatMap((command) => {
    const definition = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined
    if (definition === undefined || table === undefined) return []
    if ('ColumnDef' in definition && 'AlterTableCmd' in command) {
      const adds = command.AlterTableCmd.subtype === 'AT_AddColumn'
      return adds ? named('column', definition.ColumnDef.colname, table) : []
    }
    return 'Constraint' in definition ? named('constraint', definition.Constraint.conname, table) : []
  })
}

function toRenamed({ renameType, relation: target, newname, object }: Of<'RenameStmt'>): CreatedObject[] {
  const namespace = target?.schemaname
  switch (renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
      return named('relation', join(namespace, newname))
    case 'OBJECT_COLUMN':
      return named('column', newname, toName(target))
    case 'OBJECT_TABCONSTRAINT':
      return named('constraint', newname, toName(target))
    case 'OBJECT_INDEX':
      return named('index', join(namespace, newname))
    case 'OBJECT_TYPE': {
      const path = object && 'List' in object ? toDotted(object.List.items) : undefined
      return named('type', path?.includes('.') ? join(path.split('.')[0], newname) : newname)
    }
    default:
      return []
  }
}

function relation(range: RangeVar | undefined): CreatedObject[] {
  return named('relation', toName(range))
}

function named(kind: CreatedObject['kind'], name: string | undefined, table?: string): CreatedObject[] {
  if (name === undefined) return []
  return [table === undefined ? { kind, name } : { kind, name, table }]
}

function toName(range: RangeVar | undefined): string | undefined {
  return join(range?.schemaname, range?.relname)
}

function join(namespace: string | undefined, name: string | undefined): string | undefined {
  return name === undefined || !namespace || namespace === 'public' ? name : `${namespace}.${name}`
}

function toDotted(path: readonly SqlNode[] | undefined): string | undefined {
  const names = (path ?? []).map((part) => ('String' in part ? (part.String.sval ?? '') : ''))
  return join(names.at(-2), names.at(-1))
}

function toBlockBody({ DoStmt: { args } }: Extract<SqlNode, { DoStmt: unknown }>): string | null {
  for (const arg of args ?? []) {
    const option = 'DefElem' in arg ? arg.DefElem : undefined
    if (option?.defname === 'as' && option.arg && 'String' in option.arg)
      return option.arg.String.sval ?? null
  }
  return null
}

/** The SQL statements inside a PL/pgSQL block, also those given to EXECUTE as one literal. */
async function listBlockSql(body: string): Promise<readonly string[]> {
  const quote = `$block_${body.length}$`
  const tree = await parsePlpgsql(
    `CREATE FUNCTION block() RETURNS void AS ${quote}${body}${quote} LANGUAGE plpgsql`,
  )
  const found: string[] = []
  const literals: string[] = []
  visit(tree, (key, value) => {
    const query = (value as { PLpgSQL_expr?: { query?: string } }).PLpgSQL_expr?.query
    if (query === undefined) return
    if (key === 'sqlstmt') found.push(query)
    if (key === 'query') literals.push(query)
  })
  for (const literal of literals) found.push(...(await toLiteralSql(literal)))
  return found
}

async function toLiteralSql(expression: string): Promise<readonly string[]> {
  const node = (await parseSql(`SELECT ${expression}`))?.stmts?.[0]?.stmt
  const target = node && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  const text = value && 'A_Const' in value ? value.A_Const.sval?.sval : undefined
  return text === undefined ? [] : [text]
}
