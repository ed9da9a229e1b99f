import type { PhaseEvidence } from '../model/checkpoint.ts'
import { OVER_TIME, schemaDifferences } from './differences.ts'

/** What a failed replay left in the database and in the history, in short sentences, besides the migrations that stay applied. */
export function describeRemains({ before, after, replay, words, outside = [] }: PhaseEvidence): string[] {
  const inSchema = schemaDifferences(before.schema, after.schema, OVER_TIME)
  const failed = after.history
    .filter((row) => row.finishedAt === null && row.rolledBackAt === null)
    .map((row) => `history holds ${row.name} unfinished: ${words.unfinishedEffect}`)
  const rows = Object.entries(before.rowCounts).flatMap(([table, count]) => {
    const now = after.rowCounts[table]
    return now === undefined || now === count ? [] : [`${table} had ${count} rows, has ${now}`]
  })
  const onServer = outside.map(({ object, what }) => `${object} ${what}`)
  const remains = [...inSchema, ...rows, ...onServer, ...failed]
  return remains.length + replay.applied.length === 0
    ? ['nothing: the database is as before the phase']
    : remains
}
