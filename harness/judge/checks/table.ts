import { findTable } from '../look-up.ts'
import type { Check } from './check.ts'

/** The table is there, or is not. */
export const checkTable: Check<'table'> = ({ table, exists }, { after }) => {
  const found = findTable(after.schema, table) !== undefined
  if (found === exists) return []
  return exists ? [{ kind: 'missing-table', table }] : [{ kind: 'unexpected-table', table }]
}

/** The table has exactly these columns. */
export const checkColumns: Check<'columns'> = ({ table, columns }, { after }) => {
  const found = findTable(after.schema, table)
  if (!found) return [{ kind: 'missing-table', table }]
  const extra = found.columns.map(({ name }) => name).filter((name) => !columns.includes(name))
  const missing = columns.filter((name) => !found.columns.some((entry) => entry.name === name))
  return [
    ...missing.map((column) => ({ kind: 'missing-column' as const, table, column, expected: 'listed' })),
    ...(extra.length === 0 ? [] : [{ kind: 'unexpected-column' as const, table, columns: extra }]),
  ]
}
