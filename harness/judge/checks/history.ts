import type { FindingEvidence } from '../../model/finding.ts'
import type { HistoryRow, Migration } from '../../model/history.ts'
import { sameList } from '../look-up.ts'
import { describeRemains } from '../remains.ts'
import type { Check } from './check.ts'

/**
 * Exactly these migrations were newly applied, in this order, each finished, not rolled back, with the checksum of its file.
 * A replay that failed is told here, once, with what it left behind.
 */
export const checkMigrationsApplied: Check<'migrations-applied'> = ({ applied }, evidence) => {
  const { before, after, replay, missingDependency } = evidence
  const unfinished = before.history.filter(isUnfinished)
  if (unfinished.length > 0) return unfinished.map(toUnfinished)
  if (replay.failure) {
    const remains = describeRemains(evidence)
    const failure = replay.failure
    return missingDependency
      ? [{ kind: 'dependency-missing', failure, remains, ...missingDependency }]
      : [{ kind: 'migration-failed', failure, remains }]
  }

  const known = new Set(before.history.map(identityOf))
  const added = after.history.filter((row) => !known.has(identityOf(row)))
  const earlier = new Map(before.history.map((row) => [row.name, row]))
  const findings = applied.flatMap((name): FindingEvidence[] => {
    const row = added.findLast((entry) => entry.name === name)
    if (row) return judgeRow(row, evidence.migrations)
    const old = earlier.get(name)
    return old
      ? [
          {
            kind: 'migration-outside-phase',
            migration: name,
            when: `already recorded before this phase, at ${old.startedAt}`,
          },
        ]
      : [{ kind: 'migration-not-applied', migration: name }]
  })
  const strangers = added
    .filter((row) => !applied.includes(row.name))
    .map((row) => ({
      kind: 'migration-outside-phase' as const,
      migration: row.name,
      when: 'applied during this phase, which does not name it',
    }))
  const vanished = before.history
    .filter((row) => !after.history.some((entry) => identityOf(entry) === identityOf(row)))
    .map((row) => ({
      kind: 'migration-outside-phase' as const,
      migration: row.name,
      when: 'its history row was changed or removed during this phase',
    }))
  const all = [...findings, ...strangers, ...vanished]
  if (all.length > 0) return all

  const order = added.map(({ name }) => name)
  return sameList(order, applied) ? [] : [{ kind: 'migration-order', expected: applied, found: order }]
}

/** Production's history holds the migration, finished, and the file has not changed since. */
export const checkMigrationRecorded: Check<'migration-recorded'> = (
  { migration },
  { before, migrations },
) => {
  const row = before.history.findLast((entry) => entry.name === migration && entry.rolledBackAt === null)
  if (!row) return [{ kind: 'migration-not-recorded', migration }]
  return judgeRow(row, migrations)
}

/** Production's history holds nothing that the plan doesn't know: such a migration ran from a file nobody has any more. */
export const checkHistoryKnown: Check<'history-known'> = ({ known }, { before }) =>
  before.history
    .filter((row) => row.rolledBackAt === null && !known.includes(row.name))
    .map((row) => ({
      kind: 'migration-outside-phase' as const,
      migration: row.name,
      when: `recorded at ${row.startedAt}, before the plan, and neither the plan nor the folder knows it`,
    }))

function judgeRow(row: HistoryRow, migrations: readonly Migration[]): FindingEvidence[] {
  if (row.finishedAt === null || row.rolledBackAt !== null) return [toUnfinished(row)]
  const migration = migrations.find(({ name }) => name === row.name)
  if (!migration) throw new Error(`migration ${row.name} was not handed to the judge`)
  if (row.checksum === migration.checksum || row.checksum === migration.checksumOtherLineEndings) return []
  return [
    {
      kind: 'migration-edited',
      migration: row.name,
      file: migration.file,
      recorded: row.checksum,
      found: migration.checksum,
    },
  ]
}

function isUnfinished(row: HistoryRow): boolean {
  return row.finishedAt === null && row.rolledBackAt === null
}

function toUnfinished(row: HistoryRow): FindingEvidence {
  return {
    kind: 'migration-not-finished',
    migration: row.name,
    startedAt: row.startedAt,
    rolledBackAt: row.rolledBackAt,
  }
}

function identityOf(row: HistoryRow): string {
  return JSON.stringify([row.name, row.startedAt, row.finishedAt, row.rolledBackAt, row.checksum])
}
