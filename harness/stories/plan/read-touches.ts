import { listInnerSql } from '../../ground/sql/list-objects-created.ts'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import type { SqlNode } from '../../ground/sql/parse-sql.ts'
import type { Migration } from '../../model/history.ts'

/** What a migration does to tables, their parts and types, by name without `public.`, and the line where it does so first. */
export interface Touches {
  readonly migration: string
  readonly creates: ReadonlyMap<string, number>
  /** Altered, indexed, written to. */
  readonly changes: ReadonlyMap<string, number>
  readonly drops: ReadonlyMap<string, number>
  /** Columns that go: `trips.legacyFlag`. */
  readonly dropsColumns: ReadonlyMap<string, number>
  /** Indexes, constraints, triggers, policies and rules that go: `trips.trips_old_idx`; an index of an unknown table by its own name. */
  readonly dropsParts: ReadonlyMap<string, number>
  /** Columns and such parts that a table gets, so that a dropped one may be there again. */
  readonly adds: ReadonlyMap<string, number>
  /** Types and tables that bear another name from here on: the old names. */
  readonly leaves: ReadonlyMap<string, number>
  /** The new names of those. */
  readonly becomes: ReadonlyMap<string, number>
  /** Values that an enum of before gets: `trip_status.DONE`. */
  readonly addsValues: ReadonlyMap<string, number>
  /** Texts that it writes, and as `trip_status.DONE` those that it casts to a type. */
  readonly texts: ReadonlyMap<string, number>
  /** Named without being touched: referenced by a foreign key, read by a query, used as a type. */
  readonly needs: ReadonlyMap<string, number>
  /** Postgres' parser refused it: then nothing is known. */
  readonly isOpaque: boolean
}

type Kind =
  | 'creates'
  | 'changes'
  | 'drops'
  | 'needs'
  | 'dropsColumns'
  | 'dropsParts'
  | 'adds'
  | 'leaves'
  | 'becomes'
  | 'addsValues'
  | 'texts'
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

/**
 * Reads what migrations touch, by Postgres' own parser; looks into DO blocks too.
 * @param earlier migrations before them, which may have created the indexes that they drop
 */
export async function readTouches(
  migrations: readonly Migration[],
  earlier: readonly Migration[] = [],
): Promise<readonly Touches[]> {
  const indexed = await readIndexed([...earlier, ...migrations])
  return Promise.all(
    migrations.map(async ({ name, sql }) => {
      const record: Found = {
        creates: new Map(),
        changes: new Map(),
        drops: new Map(),
        needs: new Map(),
        dropsColumns: new Map(),
        dropsParts: new Map(),
        adds: new Map(),
        leaves: new Map(),
        becomes: new Map(),
        addsValues: new Map(),
        texts: new Map(),
      }
      const isOpaque = !(await readSql(sql, 0, record, indexed))
      for (const own of ['creates', 'changes', 'drops'] as const)
        for (const object of record[own].keys()) record.needs.delete(object)
      for (const object of record.creates.keys()) record.changes.delete(object)
      return { migration: name, ...record, isOpaque }
    }),
  )
}

/** The table of each index that the migrations create by name. */
async function readIndexed(migrations: readonly Migration[]): Promise<ReadonlyMap<string, string>> {
  const indexed = new Map<string, string>()
  for (const { sql } of migrations) {
    for (const { node } of (await parseStatements(sql)) ?? []) {
      const { relation, idxname } = 'IndexStmt' in node ? node.IndexStmt : {}
      const table = toRangeName(relation)
      if (table !== undefined && idxname !== undefined)
        indexed.set(join(relation?.schemaname, idxname) ?? '', table)
    }
  }
  return indexed
}

async function readSql(
  sql: string,
  above: number,
  record: Found,
  indexed: ReadonlyMap<string, string>,
): Promise<boolean> {
  const statements = await parseStatements(sql)
  for (const { node, tag, line } of statements ?? []) {
    const at = above === 0 ? line : above
    if ('DoStmt' in node) {
      for (const inner of await listInnerSql(node)) await readSql(inner, at, record, indexed)
    } else readStatement(node, tag, at, record, indexed)
  }
  return statements !== null
}

function readStatement(
  node: SqlNode,
  tag: string,
  line: number,
  record: Found,
  indexed: ReadonlyMap<string, string>,
): void {
  const add = (kind: Kind, object: string | undefined) => {
    if (object !== undefined && !record[kind].has(object)) record[kind].set(object, line)
  }
  if ('DropStmt' in node) {
    const { removeType = '', objects = [] } = node.DropStmt
    for (const object of objects) {
      const name = toListName(object)
      if (removeType === 'OBJECT_INDEX') {
        const table = indexed.get(name ?? '')
        add('changes', table)
        add('dropsParts', table === undefined ? name : `${table}.${name?.split('.').at(-1)}`)
      } else if (PARTS.has(removeType)) {
        const path = 'List' in object ? toPath(object.List.items) : []
        const table = join(path.at(-3), path.at(-2))
        add('changes', table)
        add('dropsParts', `${table}.${path.at(-1)}`)
      } else add('drops', name)
    }
    return
  }
  if ('CreateEnumStmt' in node) add('creates', toDotted(node.CreateEnumStmt.typeName))
  if ('AlterEnumStmt' in node) {
    const type = toDotted(node.AlterEnumStmt.typeName)
    add('changes', type)
    add('addsValues', `${type}.${node.AlterEnumStmt.newVal}`)
  }
  if ('RenameStmt' in node) readRename(node.RenameStmt, add)
  readParts(node, add)
  const body = Object.values(node)[0] as { [key: string]: unknown }
  const [key, kind] = subjects[tag] ?? []
  const range = key === undefined ? undefined : (body[key] as { rel?: unknown } | undefined)
  const subject = toRangeName(range && 'rel' in range ? range.rel : range)
  if (kind !== undefined) add(kind, subject)
  walk(body, {
    name(name) {
      if (name !== subject) add('needs', name)
    },
    text: (text) => add('texts', text),
  })
}

/** What DROP names with its table. */
const PARTS = new Set(['OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'])

type Add = (kind: Kind, object: string | undefined) => void
type Of<K extends string> = Extract<SqlNode, Record<K, unknown>> extends Record<K, infer V> ? V : never

/** A type or table goes on under another name, which is there from then on. */
function readRename({ renameType, relation, object, newname }: Of<'RenameStmt'>, add: Add): void {
  const isType = renameType === 'OBJECT_TYPE'
  if (!isType && renameType !== 'OBJECT_TABLE') return
  const old = isType && object && 'List' in object ? toDotted(object.List.items) : toRangeName(relation)
  add('changes', old)
  add('leaves', old)
  const now = old?.includes('.') ? `${old.split('.')[0]}.${newname}` : newname
  add('changes', now)
  add('becomes', now)
}

/** Columns and parts of tables that a statement adds or drops. */
function readParts(node: SqlNode, add: Add): void {
  const part = (relation: unknown, name: string | undefined) =>
    name === undefined ? undefined : `${toRangeName(relation)}.${name}`
  if ('IndexStmt' in node) add('adds', part(node.IndexStmt.relation, node.IndexStmt.idxname))
  if ('CreateTrigStmt' in node) add('adds', part(node.CreateTrigStmt.relation, node.CreateTrigStmt.trigname))
  if ('CreatePolicyStmt' in node) {
    add('changes', toRangeName(node.CreatePolicyStmt.table))
    add('adds', part(node.CreatePolicyStmt.table, node.CreatePolicyStmt.policy_name))
  }
  if (!('AlterTableStmt' in node)) return
  const { relation, cmds = [] } = node.AlterTableStmt
  for (const command of cmds) {
    if (!('AlterTableCmd' in command)) continue
    const { subtype, name, def } = command.AlterTableCmd
    if (subtype === 'AT_DropColumn') add('dropsColumns', part(relation, name))
    if (subtype === 'AT_DropConstraint') add('dropsParts', part(relation, name))
    if (def && 'ColumnDef' in def) add('adds', part(relation, def.ColumnDef.colname))
    if (def && 'Constraint' in def) add('adds', part(relation, def.Constraint.conname))
  }
}

interface Visitor {
  name(name: string): void
  text(text: string): void
}

/** Visits the name of every relation, of every type that is not Postgres' own, and every text. */
function walk(value: unknown, visit: Visitor): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'RangeVar' || key === 'pktable') visit.name(toRangeName(inner) ?? '')
    else if (key === 'typeName' && isTypeName(inner)) visit.name(toDotted(inner.names) ?? '')
    else if (key === 'TypeCast' && isTypeName(inner.typeName))
      visit.text(`${toDotted(inner.typeName.names)}.${toText(inner.arg)}`)
    else if (key === 'sval') visit.text(inner.sval ?? '')
    walk(inner, visit)
  }
}

function toText(value: SqlNode | undefined): string | undefined {
  return value && 'A_Const' in value ? value.A_Const.sval?.sval : undefined
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

function toPath(path: readonly SqlNode[] | undefined): readonly string[] {
  return (path ?? []).map((part) => ('String' in part ? (part.String.sval ?? '') : ''))
}

function toDotted(path: readonly SqlNode[] | undefined): string | undefined {
  const names = toPath(path)
  return join(names.at(-2), names.at(-1))
}

function join(namespace: string | undefined, name: string | undefined): string | undefined {
  return name === undefined || !namespace || namespace === 'public' ? name : `${namespace}.${name}`
}
