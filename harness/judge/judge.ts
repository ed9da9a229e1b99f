import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Expectation } from '../model/expectation.ts'
import type { Finding } from '../model/finding.ts'
import { checkOf } from './all-checks.ts'
import { toTitle } from './title.ts'

/** Holds one expectation against the evidence of its phase. Pure; no findings means it is met. */
export function judge(expectation: Expectation, evidence: PhaseEvidence): readonly Finding[] {
  const found = checkOf(expectation).judge(expectation, evidence)
  return found.map((entry) => ({ ...entry, phase: evidence.phase, expectation: toTitle(expectation) }))
}

/** Can this expectation be judged at all? After a failed replay only the history speaks; the rest did not run. */
export function isJudgeable(expectation: Expectation, evidence: PhaseEvidence): boolean {
  return evidence.replay.failure === null || checkOf(expectation).judgesFailure === true
}
