import type { RestoreOutcome } from '../../model/rehearsal.ts'
import type { Check } from '../define-check.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** A backup of the state before the phase, and one of the state before the plan, come back as what they were taken of. */
export const restores: Check<'restores'> = {
  title: () => 'is undone by a backup that was taken before it',
  rehearses: 'restore',
  judge: (_expectation, evidence) => {
    const made = rehearsed(evidence, 'restore')
    if (made === null) return []
    const { by, ofPhase, ofPlan } = made
    const broken = judgeOutcome(by, 'phase', ofPhase)
    // Where the newer backup does not come back, the older one says nothing new.
    return broken.length > 0 || ofPlan === null ? broken : judgeOutcome(by, 'plan', ofPlan)
  },
}

function judgeOutcome(by: string, before: 'phase' | 'plan', { failure, differences }: RestoreOutcome) {
  if (failure) return [{ kind: 'restore-fails' as const, by, before, ...failure }]
  return differences.length === 0 ? [] : [{ kind: 'restore-incomplete' as const, by, before, differences }]
}
