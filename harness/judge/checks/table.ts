import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** The table is there, or is not. */
export const table: Check<'table'> = {
  title: ({ table, exists }) => (exists ? `table ${table} exists` : `table ${table} does not exist`),
  judge: ({ table, exists }, { after }) => {
    const found = findTable(after.schema, table) !== undefined
    if (found === exists) return []
    return exists ? [{ kind: 'missing-table', table }] : [{ kind: 'unexpected-table', table }]
  },
}
