import { expectationsOf } from '../judge/expectations-of.ts'
import { isJudgeable, isOfRehearsal, judge } from '../judge/judge.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Progress } from '../model/ports.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { describeFinding } from '../proof/describe-finding.ts'

/** More findings of one phase than these stand in the verdict only. */
const told = 10

/**
 * Tells what a phase shows as soon as it is there, a line for each finding: whoever edits a migration need not wait for contracts to read
 * that a column is missing. The verdict comes from the tests.
 * @param of its database, or the experiments with it
 */
export function tellFindings(
  scenario: Scenario,
  phase: Phase,
  evidence: PhaseEvidence,
  progress: Progress,
  of: 'database' | 'rehearsals',
): void {
  const findings = expectationsOf(phase, scenario)
    .filter((expectation) => isOfRehearsal(expectation) === (of === 'rehearsals'))
    .filter((expectation) => isJudgeable(expectation, evidence))
    .flatMap((expectation) => judge(expectation, evidence))
  const lines = new Set(findings.map((finding) => describeFinding(finding)[0] ?? ''))
  for (const line of [...lines].slice(0, told)) progress.step(`✗ phase ${phase.id}  ${line}`)
  if (lines.size > told) progress.step(`✗ phase ${phase.id}  and ${lines.size - told} more`)
}
