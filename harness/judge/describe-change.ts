import type { ColumnChange, TableChange } from '../model/content.ts'

/** What happened to the rows of a table, in short sentences with example keys and without a value. */
export function describeChange({ rows, key, lost, added, columns }: TableChange): string[] {
  const now = rows - lost.rows + added.rows
  const count = now === rows ? '' : ` (rows ${rows} -> ${now})`
  return [
    ...(lost.rows === 0 ? [] : [`${countRows(lost.rows)} lost${count}${tellKeys(key, lost.keys)}`]),
    ...(added.rows === 0 ? [] : [`${countRows(added.rows)} added${count}${tellKeys(key, added.keys)}`]),
    ...columns.map((column) =>
      column.fate === 'recreated' && column.rows === 0
        ? `column ${column.column}: dropped and added again, though no row here held anything in it`
        : `column ${column.column}: ${countRows(column.rows)} ${fates[column.fate]}${tellKeys(key, column.keys)}`,
    ),
  ]
}

const fates: Readonly<Record<ColumnChange['fate'], string>> = {
  kept: 'with another value',
  recreated: 'with another value, in a column that was dropped and added again',
  dropped: 'with a value that went with the column',
}

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}

function tellKeys(key: readonly string[], keys: readonly string[]): string {
  return keys.length === 0 ? '' : `, for example ${key.join(', ')}: ${keys.join(' · ')}`
}
