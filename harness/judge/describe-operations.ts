import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { changesOutside } from './changes-outside.ts'

/**
 * What the phases changed that only operations notice: comments, storage, statistics. Naming a table does not state these. A limit for
 * each phase; nothing where the scenario counts it.
 */
export function describeOperations(
  { operations, phases }: Pick<Scenario, 'operations' | 'phases'>,
  evidence: readonly PhaseEvidence[],
): string[] {
  if (operations === 'counted') return []
  return evidence.flatMap((states) => {
    return isAny(phases.find(({ id }) => id === states.phase)) || states.replay.failure
      ? []
      : describePhase(states)
  })
}

function isAny(phase: Phase | undefined): boolean {
  return phase?.changes.includes('*') ?? false
}

function describePhase(evidence: PhaseEvidence): string[] {
  const changed = changesOutside([], evidence, ['operation']).map(
    ({ name, differences }) => `${name} (${differences.join('; ')})`,
  )
  if (changed.length === 0) return []
  return [`Phase ${evidence.phase} changed what only operations notice: ${changed.join(', ')}.`]
}
