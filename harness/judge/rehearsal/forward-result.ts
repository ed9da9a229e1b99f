import type { RehearsalResult } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

/** The way on without a rollback: what the replay of the phase on the state after the one before it shows. */
export function forwardResult({ phase, evidence }: JudgedPhase): RehearsalResult | null {
  const { replay, after } = evidence
  if (phase.id === 1 || replay.failure) return null
  const lost = after.content.changes.reduce((sum, change) => sum + change.lost.rows, 0)
  const repairs = phase.repairs ?? []
  const repaired =
    repairs.length === 0 ? '' : `, and brought what ${repairs.length} recorded migrations had left out`
  return {
    experiment: 'forward',
    outcome: 'held',
    says: `From the state after phase ${phase.id - 1}, the phase went on without a rollback in ${Math.round(replay.durationMs)} ms${repaired}; ${lost === 0 ? 'no row was lost' : `${lost} rows were lost`}.`,
  }
}
