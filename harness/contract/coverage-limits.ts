import type { ExercisedResponse } from '../model/contract.ts'
import type { ApiDocument } from './api-document.ts'

/** What of a document no answer has shown, in sentences; operations that come alive in a later phase are not counted. Pure. */
export function coverageLimits(
  { operations }: ApiDocument,
  exercised: readonly ExercisedResponse[],
  upTo: number,
): string[] {
  const due = operations.filter(({ sincePhase }) => sincePhase <= upTo)
  const seen = new Set(exercised.map(({ operationId, status }) => `${operationId} ${status}`))
  const unseen = due.map(({ operationId, responses }) => ({
    operationId,
    total: Object.keys(responses).length,
    missing: Object.keys(responses).filter((status) => !seen.has(`${operationId} ${status}`)),
  }))
  const never = unseen.filter(({ total, missing }) => missing.length === total)
  const partly = unseen.filter(({ total, missing }) => missing.length > 0 && missing.length < total)
  const answers = unseen.reduce((sum, { total }) => sum + total, 0)
  const missing = unseen.reduce((sum, entry) => sum + entry.missing.length, 0)
  return [
    ...(never.length === 0
      ? []
      : [
          `${never.length} of ${due.length} operations were not called: ${never.map(({ operationId }) => operationId).join(', ')}.`,
        ]),
    ...(partly.length === 0
      ? []
      : [
          `${missing} of ${answers} described answers were not seen: ${partly.map((entry) => `${entry.operationId} ${entry.missing.join(' ')}`).join(', ')}.`,
        ]),
  ]
}
