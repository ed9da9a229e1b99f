import { quoteName, quoteTable, quoteText } from '../../ground/quote.ts'
import type { SourceTable } from '../../model/source.ts'

/** Values of some columns, as text. */
export type Key = readonly string[]

/**
 * Columns that identify the rows of a table: its primary key, or else the row's place (`ctid`), which is constant
 * within one moment.
 */
export function toKeyColumns(table: SourceTable): readonly string[] {
  if (table.primaryKey.length > 0) return table.primaryKey
  return table.partitioned ? ['tableoid', 'ctid'] : ['ctid']
}

/** A query for some columns of some rows, as text; all rows when no condition is given. */
export function renderKeyQuery(
  table: SourceTable,
  columns: readonly string[],
  select: { readonly first?: number; readonly columns?: readonly string[]; readonly values?: readonly Key[] },
): string {
  const selected = columns.map((column) => `t.${quoteName(column)}::text`).join(', ')
  const from = `FROM ${table.partitioned ? '' : 'ONLY '}${quoteTable(table)} t`
  const order = toKeyColumns(table)
    .map((column) => `t.${quoteName(column)}`)
    .join(', ')
  if (select.first !== undefined) return `SELECT ${selected} ${from} ORDER BY ${order} LIMIT ${select.first}`
  if (!select.columns || !select.values) return `SELECT ${selected} ${from}`
  return `SELECT ${selected} ${from} WHERE ${renderCondition(table, select.columns, select.values)} ORDER BY ${order}`
}

/**
 * A condition for the rows with these values, as SQL about the alias `t`. It compares by the column's type, so that
 * an index serves.
 */
export function renderCondition(
  table: SourceTable,
  columns: readonly string[],
  values: readonly Key[],
): string {
  const arrays = columns.map((column, at) => {
    const elements = values.map((value) => toElement(value[at] as string)).join(',')
    return `${quoteText(`{${elements}}`)}::${toType(table, column)}[]`
  })
  const [first] = columns
  if (columns.length === 1 && first !== undefined) return `t.${quoteName(first)} = ANY (${arrays[0]})`
  const names = columns.map((_, at) => `k${at}`)
  const row = columns.map((column) => `t.${quoteName(column)}`).join(', ')
  return `(${row}) IN (SELECT ${names.join(', ')} FROM ROWS FROM (${arrays
    .map((array) => `unnest(${array})`)
    .join(', ')}) AS k (${names.join(', ')}))`
}

/** An array element, always quoted, so that NULL, braces, commas and blanks mean themselves. */
function toElement(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

function toType(table: SourceTable, column: string): string {
  if (column === 'ctid') return 'tid'
  if (column === 'tableoid') return 'oid'
  const known = table.columns.find(({ name }) => name === column)
  if (!known) throw new RangeError(`no column ${column} in ${table.namespace}.${table.name}`)
  return known.type
}
