import type { Check } from '../define-check.ts'
import { findingsOfHistory, findVoid, judgeRepair } from '../history/history-findings.ts'

/**
 * What production's history records is there, and no pending migration meets what is there already. A repair is judged after the
 * phase that declares it.
 */
export const historyTrue: Check<'history-true'> = {
  title: ({ whole, repairs, resolved }) =>
    whole
      ? "production's history is true: what it records is there, and what is pending is not"
      : `what ${toCount(repairs.length + resolved.length, 'recorded migration')} should have made is there`,
  judge: ({ whole, repairs, resolved, untrue }, evidence) => [
    ...(whole ? findingsOfHistory(evidence) : []),
    ...(evidence.replay.failure
      ? []
      : [...repairs, ...resolved].flatMap((name) => judgeRepair(name, evidence))),
    ...repairs.flatMap((name) => findVoid('repairs', name, evidence)),
    ...untrue.flatMap((name) => findVoid('untrue', name, evidence)),
  ],
  judgesFailure: true,
}

function toCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
