import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Expectation } from '../model/expectation.ts'
import type { Finding } from '../model/finding.ts'
import { checkOf } from './all-checks.ts'
import { toTitle } from './title.ts'

/** Compares one expectation with the evidence of its phase. Pure; no finding means that it is met. */
export function judge(expectation: Expectation, evidence: PhaseEvidence): readonly Finding[] {
  const found = checkOf(expectation).judge(expectation, evidence)
  return found.map((entry) => ({ ...entry, phase: evidence.phase, expectation: toTitle(expectation) }))
}

/** Tells whether this expectation can be judged. After a failed replay only the history can; the rest did not run. */
export function isJudgeable(expectation: Expectation, evidence: PhaseEvidence): boolean {
  return evidence.replay.failure === null || checkOf(expectation).judgesFailure === true
}
