import type { Checkpoint } from '../model/checkpoint.ts'
import type { DatabaseState, ProofStates } from '../model/database-state.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase } from '../model/scenario.ts'

/** The states that a run led through; null when not even the first phase was replayed. Pure. */
export function toStates(run: ScenarioRun, phases: readonly Phase[]): ProofStates | null {
  const [first] = run.phases
  if (!first) return null
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

function toState({ schema, history, rowCounts }: Checkpoint): DatabaseState {
  return { schema, history: history.map(({ logs: _mayQuoteRows, ...row }) => row), rowCounts }
}
