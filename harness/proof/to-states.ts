import type { Checkpoint } from '../model/checkpoint.ts'
import type { DatabaseState, ProofStates } from '../model/database-state.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase } from '../model/scenario.ts'

/** Stands for every time of the replay, so that the same phases give the same states. */
const OF_REPLAY = '1970-01-01T00:00:00.000Z'

/** The states that a run led through; null when not even the first phase was replayed. Pure. */
export function toStates(run: ScenarioRun, phases: readonly Phase[]): ProofStates | null {
  const [first] = run.phases
  if (!first) return null
  const ofProduction = new Set(
    first.before.history.flatMap(({ startedAt, finishedAt, rolledBackAt }) => [
      startedAt,
      finishedAt,
      rolledBackAt,
    ]),
  )
  const toState = ({ schema, history, rowCounts }: Checkpoint): DatabaseState => ({
    // Which file holds a sequence differs from server to server.
    schema: { ...schema, sequences: schema.sequences.map((sequence) => ({ ...sequence, file: '' })) },
    history: history.map(({ logs: _mayQuoteRows, ...row }) => ({
      ...row,
      startedAt: ofProduction.has(row.startedAt) ? row.startedAt : OF_REPLAY,
      finishedAt: toTime(row.finishedAt),
      rolledBackAt: toTime(row.rolledBackAt),
    })),
    rowCounts,
  })
  const toTime = (time: string | null) => (ofProduction.has(time) || time === null ? time : OF_REPLAY)
  return {
    format: 1,
    scenario: run.scenario,
    upTo: run.upTo,
    start: toState(first.before),
    phases: run.phases
      .filter(({ replay }) => replay.failure === null)
      .map(({ phase, after }) => ({
        phase,
        name: phases.find(({ id }) => id === phase)?.name ?? '',
        after: toState(after),
      })),
  }
}
