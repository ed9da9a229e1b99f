import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Phase } from '../../model/scenario.ts'
import type { PhaseOutcome } from '../../proof/assemble-proof.ts'

/** The outcomes, in which a phase that nothing undoes has not passed before a backup was restored after it. */
export function withUnrestored(
  outcomes: ReadonlyMap<number, PhaseOutcome>,
  phases: readonly Pick<Phase, 'id' | 'irreversible'>[],
  proven: readonly Pick<PhaseEvidence, 'phase' | 'rehearsal'>[],
): ReadonlyMap<number, PhaseOutcome> {
  const reasonOf = (id: number): string | null => {
    const reason = proven.find(({ phase }) => phase === id)?.rehearsal?.notMade?.restore
    const isIrreversible = phases.find((phase) => phase.id === id)?.irreversible !== undefined
    return isIrreversible && reason !== undefined
      ? `nothing undoes it but a backup, and none was restored: ${reason}`
      : null
  }
  return new Map([...outcomes].map(([id, one]) => [id, { ...one, notRun: one.notRun ?? reasonOf(id) }]))
}
