import type { Check } from '../define-check.ts'
import { judgeRow } from '../history-rows.ts'

/** Production's history holds the migration, finished, and the file has not changed since. */
export const migrationRecorded: Check<'migration-recorded'> = {
  title: ({ migration }) => `${migration} is recorded already, unedited`,
  judge: ({ migration }, evidence) => {
    const row = evidence.before.history.findLast(
      (entry) => entry.name === migration && entry.rolledBackAt === null,
    )
    if (!row) return [{ kind: 'migration-not-recorded', migration }]
    return judgeRow(row, evidence)
  },
}
