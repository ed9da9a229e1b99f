import type { ClientBase } from 'pg'
import type {
  CatalogObject,
  ColumnModel,
  ConstraintModel,
  EnumModel,
  ForeignKeyAction,
  ForeignKeyMatch,
  IndexModel,
  NamedDefinition,
  SchemaModel,
  TableModel,
} from '../model/schema-model.ts'
import { fetchObjects } from './catalog/fetch-objects.ts'
import { fetchOrphans } from './fetch-orphans.ts'
import { fetchSequences } from './fetch-sequences.ts'
import { query } from './query.ts'

interface InTable {
  namespace: string
  table: string
}
interface ColumnRow extends InTable, Omit<ColumnModel, 'name'> {
  persistence: 'p' | 'u' | 't'
  rowSecurity: boolean
  /** null for a table without columns. */
  name: string | null
}
interface ConstraintRow extends InTable, Omit<ConstraintModel, 'kind' | 'references'> {
  kind: keyof typeof constraintKinds
  referencedTable: string | null
  referencedColumns: string[]
  onDelete: keyof typeof actions
  onUpdate: keyof typeof actions
  setColumns: string[]
  match: string
  /** FROM and WHERE that find the rows without a parent; null for what is no foreign key. */
  orphanSql: string | null
}
interface CountedConstraint extends ConstraintRow {
  orphans: number | null
}
type IndexRow = InTable & IndexModel
type DefinitionRow = InTable & NamedDefinition

const constraintKinds = {
  p: 'primary-key',
  u: 'unique',
  f: 'foreign-key',
  c: 'check',
  x: 'exclusion',
} as const
const actions: Record<string, ForeignKeyAction> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
}
const matches: Record<string, ForeignKeyMatch> = { s: 'SIMPLE', f: 'FULL', p: 'PARTIAL' }
const persistences = { p: 'permanent', u: 'unlogged', t: 'temporary' } as const

/**
 * Reads the structure of the connected database from the system catalogs, in one read-only, repeatable-read transaction.
 * @param historyTable the migration tool's own bookkeeping, which is left out
 * @param reads `catalogs`: no table is read, so orphans and positions of sequences are unknown
 */
export async function fetchSchema(
  client: ClientBase,
  historyTable: string,
  reads: 'rows' | 'catalogs' = 'rows',
): Promise<SchemaModel> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    // Definitions print names without their namespace when it is on the path; an empty path makes them the same everywhere.
    await client.query(`SET LOCAL search_path = ''; SET LOCAL jit = off`)
    const objects = await fetchObjects(client)
    const columns = (await query<ColumnRow>(client, 'columns')).filter(({ table }) => table !== historyTable)
    const constraints = await query<ConstraintRow>(client, 'constraints')
    const orphans = await fetchOrphans(
      client,
      constraints.map(({ orphanSql }) => (reads === 'rows' ? orphanSql : null)),
    )
    const indexes = await query<IndexRow>(client, 'indexes')
    const triggers = await query<DefinitionRow>(client, 'triggers')
    const policies = await query<DefinitionRow>(client, 'policies')
    return {
      tables: toTables({
        columns,
        constraints: constraints.map((row, position) => ({ ...row, orphans: orphans[position] ?? null })),
        indexes,
        triggers,
        policies,
        objects,
      }),
      enums: await query<EnumModel>(client, 'enums'),
      sequences: await fetchSequences(client, reads),
      views: await query<NamedDefinition>(client, 'views'),
      functions: await query<NamedDefinition>(client, 'functions'),
      extensions: await query<{ name: string; version: string }>(client, 'extensions'),
      objects: withoutTables(objects, columns, historyTable),
    }
  } finally {
    await client.query('COMMIT')
  }
}

/**
 * Reads tables and enums only, in the transaction that is open on the connection with an empty search_path. It reads no row, and needs
 * no right but that to look into the catalogs. Triggers, policies and orphans are left out.
 */
export async function fetchTables(
  client: ClientBase,
  historyTable: string,
): Promise<Pick<SchemaModel, 'tables' | 'enums'>> {
  const columns = await query<ColumnRow>(client, 'columns')
  const constraints = await query<ConstraintRow>(client, 'constraints')
  const indexes = await query<IndexRow>(client, 'indexes')
  return {
    tables: toTables({
      columns: columns.filter(({ table }) => table !== historyTable),
      constraints: constraints.map((row) => ({ ...row, orphans: null })),
      indexes,
      triggers: [],
      policies: [],
      objects: [],
    }),
    enums: await query<EnumModel>(client, 'enums'),
  }
}

function toTables(rows: {
  columns: ColumnRow[]
  constraints: CountedConstraint[]
  indexes: IndexRow[]
  triggers: DefinitionRow[]
  policies: DefinitionRow[]
  objects: readonly CatalogObject[]
}): TableModel[] {
  const properties = new Map(
    rows.objects.filter(({ kind }) => kind === 'table').map((table) => [table.name, table.properties]),
  )
  const constraints = groupByTable(rows.constraints)
  const indexes = groupByTable(rows.indexes)
  const triggers = groupByTable(rows.triggers)
  const policies = groupByTable(rows.policies)
  return [...groupByTable(rows.columns)].flatMap(([key, columns]) => {
    const first = columns[0]
    if (first === undefined) return []
    return {
      namespace: first.namespace,
      name: first.table,
      persistence: persistences[first.persistence],
      rowSecurity: first.rowSecurity,
      columns: columns.flatMap(toColumn),
      constraints: (constraints.get(key) ?? []).map(toConstraint),
      indexes: (indexes.get(key) ?? []).map(({ namespace, table, ...index }) => index),
      triggers: (triggers.get(key) ?? []).map(({ name, definition }) => ({ name, definition })),
      policies: (policies.get(key) ?? []).map(({ name, definition }) => ({ name, definition })),
      properties: properties.get(`${first.namespace}.${first.table}`) ?? [],
    }
  })
}

/** The objects that no table of the model holds. Rights on a system table are among them; the tool's own table is not. */
function withoutTables(
  objects: readonly CatalogObject[],
  columns: readonly ColumnRow[],
  historyTable: string,
): CatalogObject[] {
  const tables = new Set(columns.map(({ namespace, table }) => `${namespace}.${table}`))
  return objects.filter(
    ({ kind, name }) => kind !== 'table' || !(tables.has(name) || name.endsWith(`.${historyTable}`)),
  )
}

function toColumn(row: ColumnRow): ColumnModel[] {
  if (row.name === null) return []
  return [
    {
      name: row.name,
      type: row.type,
      nullable: row.nullable,
      default: row.default,
      generated: row.generated,
      collation: row.collation,
    },
  ]
}

function toConstraint(row: CountedConstraint): ConstraintModel {
  return {
    name: row.name,
    kind: constraintKinds[row.kind],
    columns: row.columns,
    definition: row.definition,
    validated: row.validated,
    deferrable: row.deferrable,
    initiallyDeferred: row.initiallyDeferred,
    noInherit: row.noInherit,
    disabledOn: row.disabledOn,
    references:
      row.referencedTable === null
        ? null
        : {
            table: row.referencedTable,
            columns: row.referencedColumns,
            onDelete: actions[row.onDelete] ?? 'NO ACTION',
            onUpdate: actions[row.onUpdate] ?? 'NO ACTION',
            setColumns: row.setColumns,
            match: matches[row.match] ?? 'SIMPLE',
            orphans: row.orphans,
          },
  }
}

function groupByTable<Row extends InTable>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.namespace, row.table])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
