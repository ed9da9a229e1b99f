import type { Finding } from '../model/finding.ts'
import { describeFinding } from '../proof/describe-finding.ts'

/** Fails the test of an expectation with the words of its findings; the stack would point into the harness, so there is none. */
export class ExpectationNotMet extends Error {
  override readonly name = 'ExpectationNotMet'

  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => describeFinding(finding).join('\n')).join('\n\n'))
    this.stack = `${this.name}: ${this.message}`
  }
}
