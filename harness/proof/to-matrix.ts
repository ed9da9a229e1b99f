import type { EndpointRow } from '../model/contract.ts'
import type { EndpointReport } from '../model/test-record.ts'

/** How each operation answered after each phase, from the sweeps of a run; empty when none was swept. Pure. */
export function toMatrix(
  operations: readonly Omit<EndpointRow, 'cells'>[],
  swept: readonly EndpointReport[],
): EndpointRow[] {
  if (swept.length === 0) return []
  return operations.map(({ operationId, method, path, sincePhase }) => {
    const cells = swept.flatMap((one) => one.cells.filter((cell) => cell.operationId === operationId))
    const sorted = cells
      .map(({ phase, status, outcome }) => ({ phase, status, outcome }))
      .sort((left, right) => left.phase - right.phase)
    return { operationId, method, path, sincePhase, cells: sorted }
  })
}
