import type { LiveReport } from '../../model/live.ts'

/** What was not shown of phases that were applied beneath running servers, in sentences. Pure. */
export function liveLimits(reports: readonly LiveReport[]): string[] {
  const leftOut = new Map<string, number[]>()
  for (const { phase, leftOut: reason } of reports)
    if (reason !== null) leftOut.set(reason, [...(leftOut.get(reason) ?? []), phase])
  const servers = reports.flatMap((report) => report.servers)
  const untried = servers.reduce((sum, one) => sum + one.untried, 0)
  const tried = servers.reduce((sum, one) => sum + one.tried, 0)
  const silent = servers.filter(({ server }) => server === null).reduce((sum, one) => sum + one.silent, 0)
  const isQuiet = reports.some(
    ({ servers: all }) => all.length > 0 && all.every(({ traffic }) => traffic === null),
  )
  const isUndone = reports.some(({ rollback }) => rollback !== null)
  return [
    ...[...leftOut].map(
      ([reason, ids]) => `Phase ${ids.join(', ')} was not applied beneath a running server: ${reason}.`,
    ),
    ...(untried > 0
      ? [
          `On open connections ${tried} trials of contracts were made beneath the phases; ${untried} more were left out, evenly from all files.`,
        ]
      : []),
    ...(silent > 0
      ? [
          `${silent} trials on open connections of the server say nothing: these contracts did not work there before the phase, or fail on a restarted server as well.`,
        ]
      : []),
    ...(isQuiet ? ['No server was asked while a phase was applied: --quick leaves that out.'] : []),
    ...(isUndone
      ? [
          'Of rollbacks after rows were written, rows were counted: what became of single values was not shown.',
        ]
      : []),
  ]
}
