import type { Expectation } from '../model/expectation.ts'
import { checkOf } from './all-checks.ts'

/** An expectation as a claim: the name of its test. */
export function toTitle(expectation: Expectation): string {
  return checkOf(expectation).title(expectation)
}
