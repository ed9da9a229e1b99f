import type { Check } from '../define-check.ts'
import { isNamed } from '../rehearsal/is-named.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** The rollback ran, led back to the state before the phase, and the phase could be applied again. */
export const rollsBack: Check<'rolls-back'> = {
  title: () => 'rolls back to the state before it, and can be applied again',
  rehearses: 'rollback',
  judge: ({ file, sha256, leaves }, evidence) => {
    if (sha256 === null) return [{ kind: 'rollback-missing', file }]
    const rollback = rehearsed(evidence, 'rollback')
    if (!rollback) return []
    const { stop, differences, idle, again } = rollback
    if (stop) return [{ kind: 'rollback-failed', file, ...stop }]
    const told = { kind: 'rollback-incomplete' as const, file, idle }
    const undeclared = [
      ...differences.filter((text) => !leaves.some((entry) => isNamed(text, entry))),
      ...leaves
        .filter((entry) => !differences.some((text) => isNamed(text, entry)))
        .map((entry) => `rollbackLeaves names ${entry}, which is as it was`),
    ]
    if (undeclared.length > 0)
      return [{ ...told, differences: undeclared, comparedWith: 'before', failure: null }]
    if (again === null || (again.failure === null && again.differences.length === 0)) return []
    return [{ ...told, ...again, comparedWith: 'after' }]
  },
}
