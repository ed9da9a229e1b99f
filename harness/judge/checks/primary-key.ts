import type { Check } from '../define-check.ts'
import { findTable, sameList, toTuple } from '../look-up.ts'

/** The table's primary key has these columns in this order. */
export const primaryKey: Check<'primary-key'> = {
  title: ({ table, columns }) => `${table} has primary key ${toTuple(columns)}`,
  judge: ({ table, columns }, { after }) => {
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]
    const keys = found.constraints.filter(({ kind }) => kind === 'primary-key')
    if (keys.some((key) => sameList(key.columns, columns))) return []
    return [
      {
        kind: 'missing-primary-key',
        table,
        expected: toTuple(columns),
        found: keys.map(({ definition }) => definition),
      },
    ]
  },
}
