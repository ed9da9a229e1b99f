import { listInnerSql } from '../../ground/sql/list-objects-created.ts'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import type { SqlNode } from '../../ground/sql/parse-sql.ts'
import type { Migration } from '../../model/history.ts'

/** What a migration does to tables and types, by name without `public.`, and the line where it does so first. */
export interface Touches {
  readonly migration: string
  readonly creates: ReadonlyMap<string, number>
  /** Altered, indexed, written to. */
  readonly changes: ReadonlyMap<string, number>
  readonly drops: ReadonlyMap<string, number>
  /** Named without being touched: referenced by a foreign key, read by a query, used as a type. */
  readonly needs: ReadonlyMap<string, number>
  /** Postgres' parser refused it: then nothing is known. */
  readonly isOpaque: boolean
}

type Kind = 'creates' | 'changes' | 'drops' | 'needs'
type Found = { readonly [K in Kind]: Map<string, number> }

/** Statements whose relation of that key is touched, and how. */
const subjects: Readonly<{ [tag: string]: readonly [key: string, kind: Kind] }> = {
  CreateStmt: ['relation', 'creates'],
  ViewStmt: ['view', 'creates'],
  CreateTableAsStmt: ['into', 'creates'],
  AlterTableStmt: ['relation', 'changes'],
  IndexStmt: ['relation', 'changes'],
  RenameStmt: ['relation', 'changes'],
  CreateTrigStmt: ['relation', 'changes'],
  InsertStmt: ['relation', 'changes'],
  UpdateStmt: ['relation', 'changes'],
  DeleteStmt: ['relation', 'changes'],
}

/** Reads what migrations touch, by Postgres' own parser; looks into DO blocks too. */
export async function readTouches(migrations: readonly Migration[]): Promise<readonly Touches[]> {
  return Promise.all(
    migrations.map(async ({ name, sql }) => {
      const record: Found = { creates: new Map(), changes: new Map(), drops: new Map(), needs: new Map() }
      const isOpaque = !(await readSql(sql, 0, record))
      for (const own of ['creates', 'changes', 'drops'] as const)
        for (const object of record[own].keys()) record.needs.delete(object)
      for (const object of record.creates.keys()) record.changes.delete(object)
      return { migration: name, ...record, isOpaque }
    }),
  )
}

async function readSql(sql: string, above: number, record: Found): Promise<boolean> {
  const statements = await parseStatements(sql)
  for (const { node, tag, line } of statements ?? []) {
    const at = above === 0 ? line : above
    if ('DoStmt' in node) {
      for (const inner of await listInnerSql(node)) await readSql(inner, at, record)
    } else readStatement(node, tag, at, record)
  }
  return statements !== null
}

function readStatement(node: SqlNode, tag: string, line: number, record: Found): void {
  const add = (kind: Kind, object: string | undefined) => {
    if (object !== undefined && !record[kind].has(object)) record[kind].set(object, line)
  }
  if ('DropStmt' in node) {
    for (const object of node.DropStmt.objects ?? []) add('drops', toListName(object))
    return
  }
  if ('CreateEnumStmt' in node) add('creates', toDotted(node.CreateEnumStmt.typeName))
  if ('AlterEnumStmt' in node) add('changes', toDotted(node.AlterEnumStmt.typeName))
  const body = Object.values(node)[0] as { [key: string]: unknown }
  const [key, kind] = subjects[tag] ?? []
  const range = key === undefined ? undefined : (body[key] as { rel?: unknown } | undefined)
  const subject = toRangeName(range && 'rel' in range ? range.rel : range)
  if (kind !== undefined) add(kind, subject)
  walk(body, (name) => {
    if (name !== subject) add('needs', name)
  })
}

/** Visits the name of every relation and of every type that is not Postgres' own. */
function walk(value: unknown, visit: (name: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'RangeVar' || key === 'pktable') visit(toRangeName(inner) ?? '')
    else if (key === 'typeName' && isTypeName(inner)) visit(toDotted(inner.names) ?? '')
    walk(inner, visit)
  }
}

function isTypeName(value: unknown): value is { names: readonly SqlNode[] } {
  const names = (value as { names?: readonly SqlNode[] } | null)?.names
  return Array.isArray(names) && toDotted(names)?.startsWith('pg_catalog.') === false
}

function toRangeName(value: unknown): string | undefined {
  const { schemaname, relname } = (value ?? {}) as { schemaname?: string; relname?: string }
  return join(schemaname, relname)
}

function toListName(value: SqlNode): string | undefined {
  if ('List' in value) return toDotted(value.List.items)
  return 'TypeName' in value ? toDotted(value.TypeName.names) : undefined
}

function toDotted(path: readonly SqlNode[] | undefined): string | undefined {
  const names = (path ?? []).map((part) => ('String' in part ? (part.String.sval ?? '') : ''))
  return join(names.at(-2), names.at(-1))
}

function join(namespace: string | undefined, name: string | undefined): string | undefined {
  return name === undefined || !namespace || namespace === 'public' ? name : `${namespace}.${name}`
}
