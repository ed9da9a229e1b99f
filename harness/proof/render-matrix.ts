import type { EndpointCell, EndpointRow } from '../model/contract.ts'

/** How many endpoints work after the last phase, in one line; null when they were not called. */
export function summarizeMatrix(rows: readonly EndpointRow[]): string | null {
  const last = rows[0]?.cells.at(-1)?.phase
  if (last === undefined) return null
  const due = rows.filter(({ sincePhase }) => sincePhase <= last)
  const working = due.filter(({ cells }) => cells.at(-1)?.outcome === 'alive')
  return `${working.length} of ${due.length} endpoints were seen working after phase ${last}`
}

/**
 * The matrix of endpoints and phases: a line an endpoint, its status after each phase; what fails though it is due is marked
 * with `!`, what did not accept its sample input with `?`. Phase 0 is the snapshot as it was loaded.
 */
export function renderMatrix(rows: readonly EndpointRow[]): string[] {
  const phases = rows[0]?.cells.map(({ phase }) => phase) ?? []
  const width = Math.max(0, ...rows.map(({ path }) => path.length))
  const head = `${'phase'.padStart(width + 8)}  ${phases.map((phase) => String(phase).padEnd(4)).join('')}`
  return [
    head.trimEnd(),
    ...rows.map(({ method, path, cells }) =>
      `${method.padEnd(7)} ${path.padEnd(width)}  ${cells.map(toText).join('')}`.trimEnd(),
    ),
  ]
}

function toText({ status, outcome }: EndpointCell): string {
  const mark = outcome === 'failed' ? '!' : outcome === 'refused' ? '?' : ' '
  return `${status ?? '---'}${mark}`
}
