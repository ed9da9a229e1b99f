import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { FindingEvidence } from '../model/finding.ts'
import type { HistoryRow } from '../model/history.ts'
import type { ToolWords } from '../model/tool.ts'

/** A row of the history must be finished, not rolled back, and of the file as it is now. */
export function judgeRow(row: HistoryRow, { migrations, words, audit }: PhaseEvidence): FindingEvidence[] {
  if (row.finishedAt === null || row.rolledBackAt !== null) return [toUnfinished(row, words)]
  const migration = migrations.find(({ name }) => name === row.name)
  if (!migration) throw new Error(`migration ${row.name} was not handed to the judge`)
  if (row.checksum === migration.checksum || row.checksum === migration.checksumOtherLineEndings) return []
  // A row that no deploy wrote says nothing of the file, and is told as what it is.
  const isImpossible = audit?.migrations.some(
    ({ migration: name, verdict }) => name === row.name && verdict === 'impossible',
  )
  if (isImpossible) return []
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

/** Is it a migration that began and neither ended nor was given up? */
export function isUnfinished(row: HistoryRow): boolean {
  return row.finishedAt === null && row.rolledBackAt === null
}

/** The finding about a migration that never finished. */
export function toUnfinished(row: HistoryRow, words: ToolWords): FindingEvidence {
  return {
    kind: 'migration-not-finished',
    migration: row.name,
    startedAt: row.startedAt,
    rolledBackAt: row.rolledBackAt,
    remedy: words.unfinishedRemedy,
  }
}

/** Tells a row from every other and from itself once it was changed. */
export function identityOf(row: HistoryRow): string {
  return JSON.stringify([row.name, row.startedAt, row.finishedAt, row.rolledBackAt, row.checksum])
}
