import type { Check } from '../define-check.ts'
import { qualify, toShortName } from '../look-up.ts'

/**
 * No table holds fewer rows than before. `nothing-dropped` reports a table that was dropped with its rows, with their
 * number.
 */
export const rowsKept: Check<'rows-kept'> = {
  title: () => 'keeps the rows of every table',
  judge: ({ except }, { before, after }) =>
    Object.entries(before.rowCounts).flatMap(([table, rows]) => {
      const now = after.rowCounts[table]
      if (now === undefined || now >= rows || except.some((name) => qualify(name) === table)) return []
      return [{ kind: 'rows-lost' as const, table: toShortName(table), before: rows, after: now }]
    }),
}
