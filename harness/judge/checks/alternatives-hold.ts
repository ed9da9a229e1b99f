import type { FindingEvidence } from '../../model/finding.ts'
import type { AlternativeOrder, OtherOrder } from '../../model/order.ts'
import type { Check } from '../define-check.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** Each alternative order leads to the state that the plan's order leads to, or fails where the scenario says that it does. */
export const alternativesHold: Check<'alternatives-hold'> = {
  title: ({ alternatives }) =>
    `${alternatives.length === 1 ? 'the alternative order leads' : `${alternatives.length} alternative orders lead`} where the plan says`,
  rehearses: 'alternatives',
  judge: ({ alternatives }, evidence) => {
    const made = rehearsed(evidence, 'alternatives')
    if (!made) return []
    return alternatives.flatMap((alternative, at) => {
      const order = made.orders[at]
      // One that never ran would otherwise be a check that cannot fail.
      if (!order) throw new Error(`the alternative "${alternative.title}" did not run`)
      return judgeOne(alternative, order)
    })
  },
}

function judgeOne({ title, fails }: AlternativeOrder, made: OtherOrder): FindingEvidence[] {
  const { stop, differences } = made
  const hasHeld = stop === null && differences.length === 0
  if (!fails) return hasHeld ? [] : [{ kind: 'alternative-fails', title, ...made }]
  if (stop?.phase === fails.phase) return []
  const found = stop
    ? `it fails at phase ${stop.phase}: ${stop.failure.sqlstate} ${stop.failure.message}`
    : hasHeld
      ? 'it leads to the same catalog and rows'
      : `all of it runs and leads elsewhere: ${differences.join('; ')}`
  return [
    {
      kind: 'declaration-void',
      declaration: `alternatives: "${title}" fails at phase ${fails.phase}`,
      expected: `a failure at phase ${fails.phase}: ${fails.because}`,
      found,
      remedy: hasHeld
        ? 'Take `fails` out of the alternative: it can be followed.'
        : 'Say under `fails` what happens, or mend the order.',
    },
  ]
}
