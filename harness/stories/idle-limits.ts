import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { IdleStatement } from '../model/history.ts'

/** Statements that are named at most, of each sort. */
const MOST = 20

/**
 * Names the statements that are there to change rows and were not seen to change any on this snapshot: what they do to rows was not
 * shown. Of a database that holds no row at all this is said once, not of each statement.
 */
export function idleLimitsOf(phases: readonly PhaseEvidence[]): string[] {
  const idle = phases
    .filter(({ before }) => Object.values(before.rowCounts).some((rows) => rows > 0))
    .flatMap(({ replay }) => replay.idle ?? [])
  const unchanged = idle.filter(({ rows }) => rows === 0)
  const uncounted = idle.filter(({ rows }) => rows === null)
  return [
    ...toLimit('Statements that are there to change rows changed none on this snapshot', unchanged),
    ...toLimit(
      'Whether these statements changed a row was not counted, as Postgres does not tell',
      uncounted,
    ),
  ]
}

function toLimit(what: string, statements: readonly IdleStatement[]): string[] {
  if (statements.length === 0) return []
  const named = statements.slice(0, MOST).map(({ file, line, statement }) => `${file}:${line} ${statement}`)
  const more = statements.length > MOST ? [`and ${statements.length - MOST} more`] : []
  return [`${what}: ${[...named, ...more].join('; ')}.`]
}
