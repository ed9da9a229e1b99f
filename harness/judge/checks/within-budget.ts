import type { Check } from '../define-check.ts'
import { costFindings } from '../rehearsal/cost-findings.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** The deploy holds no lock, rewrites no table and takes no time beyond its budget. */
export const withinBudget: Check<'within-budget'> = {
  title: () => 'is deployed within its budget of locks, rewrites and time',
  rehearses: 'cost',
  judge: ({ budget }, evidence) => {
    // A phase that applies nothing costs nothing.
    if (evidence.replay.applied.length === 0) return []
    const cost = rehearsed(evidence, 'cost')
    return cost ? costFindings(cost, budget, evidence.before.rowCounts) : []
  },
}
