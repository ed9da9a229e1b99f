import type { Check } from '../define-check.ts'
import { toShortName } from '../look-up.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** What migrations alone put into tables is the same on the path of the phases and on the linear path. */
export const converges: Check<'converges'> = {
  title: () => 'leaves the rows that all migrations in a row leave, where they alone make them',
  rehearses: 'convergence',
  judge: (_expectation, evidence) =>
    (rehearsed(evidence, 'convergence')?.changes ?? []).map(({ table, rows, lost, added, columns }) => ({
      kind: 'seeds-differ',
      table: toShortName(table),
      rows,
      onlyHere: lost.rows,
      onlyThere: added.rows,
      columns: columns
        .filter((column) => column.rows > 0)
        .map((column) => ({ column: column.column, rows: column.rows })),
    })),
}
