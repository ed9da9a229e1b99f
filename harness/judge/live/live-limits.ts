import type { LiveReport } from '../../model/live.ts'

/** What was not shown of phases that were applied beneath running servers, in sentences. Pure. */
export function liveLimits(reports: readonly LiveReport[]): string[] {
  const leftOut = new Map<string, number[]>()
  for (const { phase, leftOut: reason } of reports)
    if (reason !== null) leftOut.set(reason, [...(leftOut.get(reason) ?? []), phase])
  const servers = reports.flatMap((report) => report.servers)
  const untried = servers.reduce((sum, one) => sum + one.untried, 0)
  const tried = servers.reduce((sum, one) => sum + one.tried, 0)
  const isSilent = reports.some(({ servers: all }) => all.length > 0 && all.every(({ traffic }) => traffic === null))
  const isUndone = reports.some(({ rollback }) => rollback !== null)
  return [
    ...[...leftOut].map(
      ([reason, ids]) => `Phase ${ids.join(', ')} was not applied beneath a running server: ${reason}.`,
    ),
    ...(untried > 0
      ? [
          `On open connections ${tried} trials of contracts were made beneath the phases; ${untried} of earlier phases were left out, evenly from all files.`,
        ]
      : []),
    ...(isSilent ? ['No server was asked while a phase was applied: --quick leaves that out.'] : []),
    ...(isUndone
      ? ['Of rollbacks after rows were written, rows were counted: what became of single values was not shown.']
      : []),
  ]
}
