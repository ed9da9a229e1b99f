import type { FindingEvidence } from '../../model/finding.ts'
import type { OrderRehearsal } from '../../model/order.ts'
import type { Check } from '../define-check.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** The phase needs what it declares and nothing else, and runs before or after every other phase with the same result. */
export const orderFree: Check<'order-free'> = {
  title: () => 'needs the phases that it depends on and no other, and gives the same in every order',
  rehearses: 'order',
  judge: (_expectation, evidence) => {
    const order = rehearsed(evidence, 'order')
    if (!order) return []
    const unneeded = order.dependencies.flatMap(({ on, verdict, shown, tie = null }): FindingEvidence[] =>
      verdict === 'unneeded' ? [{ kind: 'dependency-unneeded', on, shown, tie }] : [],
    )
    return [...toFindings(order.early), ...unneeded]
  },
}

function toFindings(early: OrderRehearsal['early']): FindingEvidence[] {
  // Without a culprit the other phases differ among themselves, which is told of one of them.
  if (early === null || early.culprit === null) return []
  const { order, stop, differences, culprit, tie = null } = early
  return stop
    ? [{ kind: 'dependency-undeclared', on: culprit, order, stop, tie }]
    : [{ kind: 'phases-do-not-commute', other: culprit, order, differences, tie }]
}
