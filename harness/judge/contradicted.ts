import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { MigrationFailure } from '../model/history.ts'
import type { AskedPrecondition, RowAnswer } from '../model/precondition.ts'

/** Did the snapshot show that a condition is not what its statement needs? Then what production answered to it says nothing. */
export function isContradicted(
  precondition: AskedPrecondition,
  { replay, preconditions }: Pick<PhaseEvidence, 'replay' | 'preconditions'>,
): boolean {
  if (precondition.kind !== 'fails') return false
  if (replay.failure === null) return standsInTheWay(precondition.snapshot)
  const { failure } = replay
  if (!isFailureOf(failure, precondition)) return false
  // Another condition of the statement may be the one that was not met.
  const ofStatement = preconditions.filter((one) => one.kind === 'fails' && isFailureOf(failure, one))
  return ofStatement.every(
    ({ snapshot, isLowerBound }) => 'rows' in snapshot && snapshot.rows === 0 && !isLowerBound,
  )
}

/** Does a failure on rows belong to the statement that begins at this place? */
export function isFailureOf(
  failure: MigrationFailure,
  statement: { readonly file: string; readonly line: number; readonly endLine: number },
): boolean {
  const { file, line, sqlstate } = failure
  const isOfRows = /^2[23]/.test(sqlstate)
  return (
    isOfRows &&
    file === statement.file &&
    line !== null &&
    line >= statement.line &&
    line <= statement.endLine
  )
}

function standsInTheWay(answer: RowAnswer): boolean {
  return 'refused' in answer || ('rows' in answer && answer.rows > 0)
}
