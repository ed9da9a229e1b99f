import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** The table has exactly these columns. */
export const columns: Check<'columns'> = {
  title: ({ table, columns }) => `${table} has exactly ${columns.length} columns`,
  judge: ({ table, columns }, { after }) => {
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]
    const extra = found.columns.map(({ name }) => name).filter((name) => !columns.includes(name))
    const missing = columns.filter((name) => !found.columns.some((entry) => entry.name === name))
    return [
      ...missing.map((column) => ({ kind: 'missing-column' as const, table, column, expected: 'listed' })),
      ...(extra.length === 0 ? [] : [{ kind: 'unexpected-column' as const, table, columns: extra }]),
    ]
  },
}
