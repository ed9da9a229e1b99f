import type { Check } from '../define-check.ts'

/** Production's history holds only migrations that the plan knows. Nobody has the file of any other any more. */
export const historyKnown: Check<'history-known'> = {
  title: ({ known }) => `production's history holds only migrations of the plan (${known.length})`,
  judge: ({ known }, { before }) =>
    before.history
      .filter((row) => row.rolledBackAt === null && !known.includes(row.name))
      .map((row) => ({
        kind: 'migration-outside-phase' as const,
        migration: row.name,
        when: `recorded at ${row.startedAt}, before the plan, and neither the plan nor the folder knows it`,
      })),
}
