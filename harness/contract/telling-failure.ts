import type { Attempt } from './judge-trial.ts'

/** Classes of SQLSTATE that say the schema is not there yet: syntax error or access rule violation, such as 42P01 and 42703. */
const schemaMissing = /^42/

/**
 * Tells whether a failure before the phase shows that the phase is needed: an unmet claim, a refusal or failure of
 * the server, or a missing table or column. A slip of the test or a broken connection shows nothing.
 */
export function isTellingFailure({ error, faults, worstStatus }: Attempt): boolean {
  if (faults.length > 0 || worstStatus >= 400) return true
  if (!(error instanceof Error)) return false
  if (error.name === 'AssertionError' || isMatcherFailure(error) || isStatusMismatch(error)) return true
  return 'code' in error && typeof error.code === 'string' && schemaMissing.test(error.code)
}

/** As a matcher of ours fails: Vitest's error for those has no name of its own, but this property. */
function isMatcherFailure(error: Error): boolean {
  return '__vitest_error_context__' in error
}

/** As supertest's `expect(200)` says it; its errors have no name of their own. */
function isStatusMismatch(error: Error): boolean {
  return /^expected \d{3} "/.test(error.message)
}

/** What was thrown, in words. */
export function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
