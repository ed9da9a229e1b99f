import type { RehearsedPhase } from '../rehearsal/experiment.ts'
import { whyUnrehearsed } from '../rehearsal/why-unrehearsed.ts'
import type { PhaseContext } from '../replay-phase-of.ts'

/** Why phases cannot run in another order on clones, as part of a sentence; null when nothing is in the way. */
export function whyNotInOrder(
  _context: PhaseContext,
  { phase, evidence, earlier }: RehearsedPhase,
): string | null {
  for (const { phase: own, evidence: entry } of [...earlier, { phase, evidence }]) {
    const { rollback: _rollback, ...withoutRollback } = own
    if (whyUnrehearsed(withoutRollback, entry) === null) continue
    const what = own.id === phase.id ? 'it' : `phase ${own.id}`
    return `${what} changes what all databases of the server share`
  }
  return null
}
