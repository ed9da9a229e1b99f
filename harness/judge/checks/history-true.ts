import type { Check } from '../define-check.ts'
import { findingsOfHistory, findVoid, judgeRepair } from '../history/history-findings.ts'

/**
 * What production's history records is there, and no pending migration meets what is there already. A repair is judged after the
 * phase that declares it.
 */
export const historyTrue: Check<'history-true'> = {
  title: ({ whole, repairs }) =>
    whole
      ? "production's history is true: what it records is there, and what is pending is not"
      : `repairs what ${repairs.length === 1 ? 'a recorded migration' : `${repairs.length} recorded migrations`} left out`,
  judge: ({ whole, repairs, untrue }, evidence) => [
    ...(whole ? findingsOfHistory(evidence) : []),
    ...(evidence.replay.failure ? [] : repairs.flatMap((name) => judgeRepair(name, evidence))),
    ...repairs.flatMap((name) => findVoid('repairs', name, evidence)),
    ...untrue.flatMap((name) => findVoid('untrue', name, evidence)),
  ],
  judgesFailure: true,
}
