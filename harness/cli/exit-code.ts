import type { HarnessErrorCode } from '../model/error.ts'
import type { Proof } from '../model/proof.ts'

/** 0 proven or done, 1 disproven, 2 wrong usage or configuration, 3 could not decide. */
export type ExitCode = 0 | 1 | 2 | 3

const byVerdict: Readonly<Record<Proof['verdict'], ExitCode>> = { proven: 0, disproven: 1, undecided: 3 }
const usage: ReadonlySet<HarnessErrorCode> = new Set([
  'usage',
  'plan-invalid',
  'policy-invalid',
  'snapshot-unproven',
  'scale-refused',
  'database-refused',
  'version-mismatch',
  'document-invalid',
])

/** The exit code of a verdict. */
export function codeOfVerdict(verdict: Proof['verdict']): ExitCode {
  return byVerdict[verdict]
}

/**
 * The exit code of an error: what was judged and refused is disproven; a person can mend usage, policy and plan; everything else
 * left us without a verdict.
 */
export function codeOfError(code: HarnessErrorCode): ExitCode {
  if (code === 'snapshot-refused') return 1
  return usage.has(code) ? 2 : 3
}
