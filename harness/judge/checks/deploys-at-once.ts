import type { Check } from '../define-check.ts'
import { isRepeatable } from '../rehearsal/is-repeatable.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** Two deploys of the phase ran at once; one may give up, and neither may fail or leave anything else behind. */
export const deploysAtOnce: Check<'deploys-at-once'> = {
  title: () => 'stands two deploys at once: one runs it, the other waits or gives up',
  rehearses: 'twoDeploys',
  judge: (_expectation, evidence) => {
    const both = rehearsed(evidence, 'twoDeploys')
    if (!both || !isRepeatable(evidence.rehearsal ?? {})) return []
    const { first, second, differences, leftovers } = both
    const isClean = first === null && (second === null || second.isBusy)
    return isClean && differences.length + leftovers.length === 0
      ? []
      : [{ kind: 'two-deploys-collide', ...both }]
  },
}
