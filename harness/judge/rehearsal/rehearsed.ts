import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { ExperimentName, Rehearsal } from '../../model/rehearsal.ts'

/**
 * What an experiment with the phase came to; null where a reason stands why it was not made, which is a limit.
 * @throws Error when it is missing without a reason, so that nothing passes because it was forgotten
 */
export function rehearsed<Name extends ExperimentName>(
  { phase, rehearsal = {} }: Pick<PhaseEvidence, 'phase' | 'rehearsal'>,
  name: Name,
): NonNullable<Rehearsal[Name]> | null {
  const made = rehearsal[name]
  if (made) return made
  if (rehearsal.notMade?.[name] !== undefined) return null
  throw new Error(`the experiment ${name} with phase ${phase} is missing, and nobody says why`)
}
