import type { MigrationFailure } from '../../model/history.ts'
import type { CauseRow, FailureCause } from './cause-row.ts'
import { nameCauses } from './names.ts'
import { rowCauses } from './rows.ts'
import { sessionCauses } from './sessions.ts'
import { statementCauses } from './statements.ts'
import { unreadableFiles } from './unreadable-files.ts'
import { valueCauses } from './values.ts'

/**
 * What people most often did when Postgres answers so. The first row that fits a failure explains it, so the narrower row stands
 * first. Each row is provoked on a real Postgres in find-failure-cause.db.test.ts.
 */
export const failureCauses: readonly CauseRow[] = [
  ...unreadableFiles,
  ...nameCauses,
  ...rowCauses,
  ...valueCauses,
  ...statementCauses,
  ...sessionCauses,
]

/** The most likely cause of a failure, by SQLSTATE, message and statement; null for one that the table does not know. */
export function findFailureCause(
  failure: MigrationFailure,
): (FailureCause & { readonly name: string }) | null {
  const fits = ({ sqlstate, says, statement, when }: CauseRow) =>
    [sqlstate].flat().includes(failure.sqlstate) &&
    (says === undefined || says.test(failure.message)) &&
    (statement === undefined || statement.test(failure.statement ?? '')) &&
    (when === undefined || when(failure))
  return failureCauses.find(fits) ?? null
}
