import type { Expectation } from '../model/expectation.ts'
import { checkOf } from './all-checks.ts'
import type { Needs } from './define-check.ts'

/** What must be gathered before these expectations can be judged, each probe and each reference once. */
export function toNeeds(expectations: readonly Expectation[]): Needs {
  const needs = expectations.map((expectation) => checkOf(expectation).needs?.(expectation) ?? {})
  return {
    probes: [...new Set(needs.flatMap(({ probes = [] }) => probes))],
    references: [...new Set(needs.flatMap(({ references = [] }) => references))],
  }
}
