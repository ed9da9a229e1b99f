import { quoteName, quoteText } from '../ground/quote.ts'
import type { ColumnModel, SchemaModel, TableModel } from '../model/schema-model.ts'

/** Values by table and column, as a sweep plan gives them. */
type SeedRows = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Id of the seeded row of a table, where ids are text. */
function toSeedId(table: string): string {
  return `sweep-${table}`
}

/**
 * SQL that puts one row into every table, each foreign key set where its table has a row before it, and that puts changed rows
 * back as they were when it is run again. Tables of other namespaces are left alone. Pure.
 */
export function renderSeedSql({ tables, enums }: SchemaModel, rows: SeedRows): string {
  const ours = tables.filter(({ namespace }) => namespace === 'public')
  const enumValues = new Map(enums.map(({ name, values }) => [name, values[0]]))
  const values = new Map<string, ReadonlyMap<string, unknown>>()
  return inOrder(ours)
    .map((table) => {
      const row = toRow(table, rows[table.name] ?? {}, values, enumValues)
      values.set(table.name, row)
      return [...renderDeletes(table, row), renderInsert(table, row)].join('\n')
    })
    .join('\n')
}

/** Tables after those they refer to. The rest of a circle comes last, by name. */
function inOrder(tables: readonly TableModel[]): TableModel[] {
  const done: TableModel[] = []
  let left = [...tables]
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name))
    const free = left.filter((table) =>
      foreignTables(table).every((name) => name === table.name || !names.has(name)),
    )
    const next = free.length > 0 ? free : left
    done.push(...next)
    left = left.filter((table) => !next.includes(table))
  }
  return done
}

function foreignTables({ constraints }: TableModel): string[] {
  return constraints.flatMap(({ references }) => (references ? [bare(references.table)] : []))
}

function toRow(
  table: TableModel,
  given: Readonly<Record<string, unknown>>,
  before: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  enumValues: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, unknown> {
  const row = new Map<string, unknown>()
  const keys = table.constraints
    .filter(({ kind }) => kind === 'primary-key')
    .flatMap(({ columns }) => columns)
  for (const column of table.columns) {
    if (column.generated !== null && !column.generated.startsWith('identity-by-default')) continue
    const stated = given[column.name]
    const needed = !column.nullable && (column.default === null || keys.includes(column.name))
    if (stated !== undefined) row.set(column.name, stated)
    else if (needed) row.set(column.name, makeUp(table, column, keys.includes(column.name), enumValues))
  }
  for (const { kind, columns, references } of table.constraints) {
    const target = references && before.get(bare(references.table))
    if (kind !== 'foreign-key' || !target) continue
    for (const [index, column] of columns.entries()) {
      const value = target.get(references.columns[index] ?? '')
      if (given[column] === undefined && value !== undefined) row.set(column, value)
    }
  }
  return row
}

function makeUp(
  { name }: TableModel,
  column: ColumnModel,
  isKey: boolean,
  enumValues: ReadonlyMap<string, string | undefined>,
): unknown {
  if (column.type.endsWith('[]')) return []
  const type = column.type.replace(/\(.*?\)/, '')
  if (isKey && /^(text|character varying)$/.test(type)) return toSeedId(name)
  if (/^(text|character)/.test(type)) return `sweep ${column.name}`
  if (/^(smallint|integer|bigint|numeric|real|double precision)/.test(type)) return 1
  if (/^timestamp|^date/.test(type)) return '2026-01-06 08:00:00'
  if (type === 'boolean') return true
  if (/^jsonb?$/.test(type)) return {}
  if (type === 'uuid') return '00000000-0000-4000-8000-000000000001'
  return enumValues.get(type.replaceAll('"', '').replace(/^.*\./, '')) ?? ''
}

/** SQL that deletes rows made meanwhile which a unique rule would not allow beside the seeded one. */
function renderDeletes(table: TableModel, row: ReadonlyMap<string, unknown>): string[] {
  const typeOf = new Map(table.columns.map((column) => [column.name, column.type]))
  const equals = (column: string) =>
    `${quoteName(column)} = ${toLiteral(row.get(column), typeOf.get(column) ?? 'text')}`
  const keys = keysOf(table).filter((key) => row.has(key))
  if (keys.length === 0) return []
  return table.indexes
    .filter(
      ({ unique, primary, keys: columns }) =>
        unique && !primary && columns.every((key) => row.has(bareColumn(key))),
    )
    .map(({ keys: columns }) => {
      const same = columns.map((key) => equals(bareColumn(key))).join(' AND ')
      return `DELETE FROM public.${quoteName(table.name)} WHERE ${same} AND NOT (${keys.map(equals).join(' AND ')});`
    })
}

/** Keys of an index are printed as SQL, so quoted where they must be. */
function bareColumn(key: string): string {
  return key.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')
}

function keysOf({ constraints }: TableModel): string[] {
  return constraints.filter(({ kind }) => kind === 'primary-key').flatMap(({ columns }) => columns)
}

function renderInsert(table: TableModel, row: ReadonlyMap<string, unknown>): string {
  const typeOf = new Map(table.columns.map((column) => [column.name, column.type]))
  const names = [...row.keys()]
  const values = names.map((column) => `${toLiteral(row.get(column), typeOf.get(column) ?? 'text')}`)
  const keys = keysOf(table)
  const others = names.filter((column) => !keys.includes(column))
  const back = others.map((column) => `${quoteName(column)} = EXCLUDED.${quoteName(column)}`).join(', ')
  const conflict =
    keys.length === 0 || back === ''
      ? 'ON CONFLICT DO NOTHING'
      : `ON CONFLICT (${keys.map(quoteName).join(', ')}) DO UPDATE SET ${back}`
  return `INSERT INTO public.${quoteName(table.name)} (${names.map(quoteName).join(', ')}) VALUES (${values.join(', ')}) ${conflict};`
}

function toLiteral(value: unknown, type: string): string {
  if (value === null) return 'NULL'
  if (Array.isArray(value) && type.endsWith('[]')) {
    const items = value.map((item) => `"${String(item).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
    return `${quoteText(`{${items.join(',')}}`)}::${type}`
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return `${quoteText(text)}::${type}`
}

function bare(table: string): string {
  return table.replace(/^[^.]*\./, '')
}
