import { isSchemaMissing } from '../ground/sqlstate.ts'
import type { Attempt } from './judge-trial.ts'

/**
 * Tells whether a failure before the phase shows that the phase is needed: an unmet claim, a refusal or failure of
 * the server, or a missing table or column. A slip of the test or a broken connection shows nothing.
 */
export function isTellingFailure({ error, faults, worstStatus }: Attempt): boolean {
  if (faults.length > 0 || worstStatus >= 400) return true
  if (!(error instanceof Error)) return false
  if (error.name === 'AssertionError' || isMatcherFailure(error) || isStatusMismatch(error)) return true
  return 'code' in error && typeof error.code === 'string' && isSchemaMissing(error.code)
}

/** Recognises a failed matcher of ours. Vitest's error for it has no name of its own, but this property. */
function isMatcherFailure(error: Error): boolean {
  return '__vitest_error_context__' in error
}

/** Recognises a failed `expect(200)` of supertest, whose errors have no name of their own. */
function isStatusMismatch(error: Error): boolean {
  return /^expected \d{3} "/.test(error.message)
}
