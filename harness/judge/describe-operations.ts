import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { changesOutside } from './changes-outside.ts'

/**
 * What the phases changed of objects that they do not name, as far as only operations notice it: comments, storage, statistics. A
 * limit for each phase; nothing where the scenario counts it.
 */
export function describeOperations(
  { operations, phases }: Pick<Scenario, 'operations' | 'phases'>,
  evidence: readonly PhaseEvidence[],
): string[] {
  if (operations === 'counted') return []
  return evidence.flatMap((states) => {
    const changes = phases.find(({ id }) => id === states.phase)?.changes ?? []
    return changes.includes('*') || states.replay.failure ? [] : describePhase(states, changes)
  })
}

function describePhase(evidence: PhaseEvidence, changes: Phase['changes']): string[] {
  const changed = changesOutside(changes, evidence, ['operation']).map(
    ({ name, differences }) => `${name} (${differences.join('; ')})`,
  )
  if (changed.length === 0) return []
  return [
    `Phase ${evidence.phase} changed what only operations notice, of objects that it does not name: ${changed.join(', ')}.`,
  ]
}
