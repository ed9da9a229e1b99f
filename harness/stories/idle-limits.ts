import type { PhaseEvidence } from '../model/checkpoint.ts'

/** Statements that are named at most. */
const MOST = 20

/** Names the statements that are there to change rows and changed none on this snapshot: what they do to rows was not shown. */
export function idleLimitsOf(phases: readonly PhaseEvidence[]): string[] {
  const idle = phases.flatMap(({ replay }) => replay.idle ?? [])
  if (idle.length === 0) return []
  const named = idle.slice(0, MOST).map(({ file, line, statement }) => `${file}:${line} ${statement}`)
  const more = idle.length > MOST ? [`and ${idle.length - MOST} more`] : []
  return [
    `Statements that are there to change rows changed none on this snapshot: ${[...named, ...more].join('; ')}.`,
  ]
}
