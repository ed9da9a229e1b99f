import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Expectation } from '../model/expectation.ts'
import type { Finding, FindingEvidence } from '../model/finding.ts'
import { checkOf } from './all-checks.ts'
import { qualify } from './look-up.ts'
import { toTitle } from './title.ts'

/** Compares one expectation with the evidence of its phase. Pure; no finding means that it is met. */
export function judge(expectation: Expectation, evidence: PhaseEvidence): readonly Finding[] {
  const found = checkOf(expectation).judge(expectation, evidence)
  return found.map((entry) => ({
    ...entry,
    ...toSkipped(entry, evidence),
    phase: evidence.phase,
    expectation: toTitle(expectation),
  }))
}

/** Where a statement of the phase did nothing that would have made what is missing or wrong. */
function toSkipped(entry: FindingEvidence, { skipped = [] }: PhaseEvidence): { skippedBy?: string } {
  if (!/^(missing|wrong)-/.test(entry.kind) || !('table' in entry)) return {}
  const isMeant = (part: string) =>
    'column' in entry ? entry.column === part : JSON.stringify(entry).includes(part)
  const found = skipped.find(
    ({ table, part }) => table === qualify(entry.table) && (part === null || isMeant(part)),
  )
  return found ? { skippedBy: found.place } : {}
}

/** Tells whether this expectation can be judged. After a failed replay only the history can, and rehearsals only once they are made. */
export function isJudgeable(expectation: Expectation, evidence: PhaseEvidence): boolean {
  const { rehearses, judgesFailure = false } = checkOf(expectation)
  if (rehearses !== undefined && evidence.rehearsal === undefined) return false
  return evidence.replay.failure === null || judgesFailure
}

/** Does the expectation speak of an experiment with the phase, rather than of the phase itself? */
export function isOfRehearsal(expectation: Expectation): boolean {
  return checkOf(expectation).rehearses !== undefined
}
