import { listInnerSql } from '../../ground/sql/list-objects-created.ts'
import { type ParsedStatement, parseStatements } from '../../ground/sql/list-statements.ts'
import type { SqlNode } from '../../ground/sql/parse-sql.ts'
import { type MadeObject, type NamedObject, readStatementsIn } from '../../ground/sql/statement-objects.ts'
import { toShortName } from '../../judge/look-up.ts'
import type { Migration } from '../../model/history.ts'
import type { MigrationVerdict, Obstacle } from '../../model/history-audit.ts'
import type { SchemaModel } from '../../model/schema-model.ts'

/** A migration that a phase is to apply. */
export interface Pending {
  readonly migration: Migration
  readonly phase: number
  /** False: the phase has it recorded as applied, and its statements never run. */
  readonly isRun: boolean
}

/** A statement of a pending migration, with what it makes and removes itself. */
interface PendingStatement extends Pending {
  readonly statement: ParsedStatement
  readonly made: readonly MadeObject[]
  readonly removed: readonly NamedObject[]
}

/** What an object that a statement makes or removes is known by. */
const keyOf = ({ space, name }: Pick<NamedObject, 'space' | 'name'>) => `${space} ${name}`

/**
 * Reads the statements of pending migrations in the order of the plan. What follows a change of `search_path` is left out, as its names
 * may mean other objects; a block may remove something, and what it makes is its own affair.
 */
export async function readPending(
  pending: readonly Pending[],
  namespace: string,
): Promise<readonly PendingStatement[]> {
  const reader = readStatementsIn(namespace)
  const all: PendingStatement[] = []
  for (const one of pending) {
    for (const statement of (await parseStatements(one.migration.sql)) ?? []) {
      if (/search_path/i.test(statement.text)) break
      const inner = 'DoStmt' in statement.node ? await listInnerSql(statement.node) : []
      const parsed = (await Promise.all(inner.map(parseStatements))).flatMap((list) => list ?? [])
      const removed = [statement, ...parsed].flatMap(({ node }) => reader.removed(node))
      all.push({ ...one, statement, made: reader.made(statement.node), removed })
    }
  }
  return all
}

/** Statements that make what production has already and nothing before them removes. */
export function listCollisions(statements: readonly PendingStatement[], schema: SchemaModel): Obstacle[] {
  const there = listThere(schema)
  return statements.flatMap(({ migration, phase, isRun, statement, made, removed }) => {
    if (!isRun) return []
    const collisions = made.filter((object) => !object.isOptional && there.has(keyOf(object)))
    for (const object of removed) forget(there, object)
    return collisions.map(({ what, name }) => ({
      migration: migration.name,
      phase,
      place: `${migration.file}:${statement.line}`,
      object: `${what} ${toShortObject(name)}`,
      needs: null,
    }))
  })
}

/** A table or column that a recorded migration was to bring and that is not there. */
interface Missing {
  /** `public.trips` */
  readonly table: string
  /** null: the whole table. */
  readonly column: string | null
  readonly migration: string
}

/** Statements that speak of what a recorded migration was to bring and did not, before anything brings it. */
export function listNeeds(
  statements: readonly PendingStatement[],
  verdicts: readonly MigrationVerdict[],
  schema: SchemaModel,
  namespace: string,
): Obstacle[] {
  const missing = verdicts.flatMap(toMissing)
  const brought = new Set<string>()
  return statements.flatMap(({ migration, phase, isRun, statement, made }) => {
    if (!isRun) return []
    for (const { name } of made) brought.add(name)
    const spoken = toSpoken(statement.node, namespace)
    return missing
      .filter((one) => !brought.has(nameOf(one)) && needs(spoken, one, schema))
      .map((one) => ({
        migration: migration.name,
        phase,
        place: `${migration.file}:${statement.line}`,
        object: `${one.column === null ? 'table' : 'column'} ${toShortObject(nameOf(one))}`,
        needs: one.migration,
      }))
  })
}

function toMissing({ migration, absent }: MigrationVerdict): Missing[] {
  const tables = new Set(absent.filter(({ found }) => found === null).map(({ key }) => key))
  return absent.flatMap(({ key, expected, found }) => {
    const [, table, column = null] = /^table ([^\0]+)(?:\0column (.+))?$/s.exec(key) ?? []
    if (table === undefined || expected === null || found !== null) return []
    return column !== null && tables.has(`table ${table}`) ? [] : [{ table, column, migration }]
  })
}

function nameOf({ table, column }: Missing): string {
  return column === null ? table : `${table}.${column}`
}

/** Tables and other names that stand in a statement. */
interface Spoken {
  readonly tables: Set<string>
  readonly names: Set<string>
}

function needs({ tables, names }: Spoken, { table, column }: Missing, schema: SchemaModel): boolean {
  if (!tables.has(table)) return false
  if (column === null) return true
  const others = schema.tables.filter((one) => tables.has(`${one.namespace}.${one.name}`))
  // Where another table of the statement has such a column, the name may mean that one.
  return names.has(column) && !others.some(({ columns }) => columns.some(({ name }) => name === column))
}

function toSpoken(node: SqlNode, namespace: string): Spoken {
  const spoken: Spoken = { tables: new Set(), names: new Set() }
  collect(node, spoken, namespace)
  return spoken
}

/** Passes over what IF EXISTS excuses, and the name of a column that a statement adds. */
function collect(node: unknown, spoken: Spoken, namespace: string): void {
  if (typeof node !== 'object' || node === null) return
  const fields = node as Readonly<Record<string, unknown>>
  if (fields.missing_ok === true) return
  const { relname, schemaname, sval, name } = fields
  if (typeof relname === 'string')
    spoken.tables.add(`${typeof schemaname === 'string' ? schemaname : namespace}.${relname}`)
  for (const text of [sval, name]) if (typeof text === 'string') spoken.names.add(text)
  for (const value of Object.values(fields)) collect(value, spoken, namespace)
}

/** The objects of a database, each with the table that it goes with; by space, as names must differ within one. */
type There = Map<string, string | null>

function listThere({ tables, views, sequences, enums, objects }: SchemaModel): There {
  const there: There = new Map()
  const add = (space: NamedObject['space'], name: string, table: string | null = null) =>
    there.set(keyOf({ space, name }), table)
  for (const { namespace, name: own, columns, constraints, indexes, triggers } of tables) {
    const table = `${namespace}.${own}`
    add('relation', table)
    for (const { name } of columns) add('column', `${table}.${name}`, table)
    for (const { name } of constraints) add('constraint', `${table}.${name}`, table)
    for (const { name } of indexes) add('relation', `${namespace}.${name}`, table)
    for (const { name } of triggers) add('trigger', `${table}.${name}`, table)
  }
  for (const { namespace, name, ownedBy } of sequences)
    add('relation', `${namespace}.${name}`, ownedBy?.table ?? null)
  for (const { name } of views) add('relation', name)
  for (const { namespace, name, values } of enums) {
    add('type', `${namespace}.${name}`)
    for (const value of values) add('value', `${namespace}.${name}.${value}`, `${namespace}.${name}`)
  }
  for (const { kind, name } of objects) {
    if (['type', 'domain'].includes(kind)) add('type', name)
    if (kind === 'schema') add('schema', name)
    if (['view', 'materialized view', 'foreign table'].includes(kind)) add('relation', name)
  }
  return there
}

/** What is removed takes with it what goes with it. A column may take any index or constraint of its table: then nobody asks for those. */
function forget(there: There, object: NamedObject): void {
  const { space, name } = object
  const table = space === 'column' ? name.slice(0, name.lastIndexOf('.')) : null
  for (const [key, owner] of there) {
    const isLost = table !== null && owner === table && !key.startsWith('column ')
    if (key === keyOf(object) || owner === name || isLost) there.delete(key)
  }
}

function toShortObject(name: string): string {
  const [namespace = '', table = '', ...part] = name.split('.')
  return [toShortName(`${namespace}.${table}`), ...part].join('.')
}
