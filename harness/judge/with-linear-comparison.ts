import type { Scenario } from '../model/scenario.ts'

/** The scenario with the comparison to the linear replay after its last phase, whether or not it states one. */
export function withLinearComparison(scenario: Scenario): Scenario {
  const last = scenario.phases.at(-1)
  const states = last?.expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'linear')
  if (!last || states) return scenario
  const expect = [...last.expect, { kind: 'same-schema' as const, reference: 'linear' as const }]
  return { ...scenario, phases: [...scenario.phases.slice(0, -1), { ...last, expect }] }
}
