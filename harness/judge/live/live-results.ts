import type { Finding, FindingKind } from '../../model/finding.ts'
import type { LateRollback, LateRows, LiveReport, LiveServer } from '../../model/live.ts'
import type { RehearsalResult } from '../../model/rehearsal.ts'

/** What a phase that was applied beneath running servers shows, for whoever reads the report. Pure. */
export function liveResults(report: LiveReport, findings: readonly Finding[]): readonly RehearsalResult[] {
  const { servers, rollback, leftOut } = report
  if (leftOut !== null) {
    const says = `The phase was applied beneath no running server: ${leftOut}.`
    return [{ experiment: 'warm connections', outcome: 'not-made', says }]
  }
  const has = (kind: FindingKind) => findings.some((finding) => finding.kind === kind)
  const asked = servers.filter(({ traffic }) => traffic !== null && traffic.length > 0)
  return [
    ...(servers.some(({ tried }) => tried > 0) ? [warmResult(servers, has('warm-connection-broken'))] : []),
    ...(asked.length > 0 ? [trafficResult(asked, has('request-failed-during-phase'))] : []),
    ...(rollback && (rollback.stop || rollback.tables.length > 0) ? [lateResult(rollback, findings)] : []),
  ]
}

function warmResult(servers: readonly LiveServer[], isBroken: boolean): RehearsalResult {
  const tried = servers.reduce((sum, one) => sum + one.tried, 0)
  const details = servers.map((one) => `${nameServer(one)}: ${one.tried} contracts`)
  return {
    experiment: 'warm connections',
    outcome: isBroken ? 'broke' : 'held',
    says: isBroken
      ? 'Something fails on connections that were open before the phase, until the server is restarted.'
      : `${tried} contracts met nothing on connections that were open before the phase that a restarted server does not meet.`,
    details,
  }
}

function trafficResult(servers: readonly LiveServer[], isBroken: boolean): RehearsalResult {
  const all = servers.flatMap((one) =>
    (one.traffic ?? []).map((entry) => ({ ...entry, server: nameServer(one) })),
  )
  const requests = all.reduce((sum, one) => sum + one.requests, 0)
  const failed = all.reduce((sum, one) => sum + one.failed, 0)
  const slowest = all.reduce((longest, one) => (one.longestMs > longest.longestMs ? one : longest))
  return {
    experiment: 'under traffic',
    outcome: isBroken ? 'broke' : 'held',
    says: `${requests} requests while the phase was applied, ${failed === 0 ? 'none' : failed} failed; the longest wait was ${slowest.longestMs} ms, for ${slowest.endpoint}.`,
    details: all.map(
      ({ server, endpoint, requests: own, failed: lost, longestMs }) =>
        `${server}, ${endpoint}: ${own} requests, ${lost} failed, longest wait ${longestMs} ms`,
    ),
  }
}

function lateResult({ stop, tables }: LateRollback, findings: readonly Finding[]): RehearsalResult {
  const experiment = 'rollback after rows'
  const fails = findings.some((finding) => finding.kind === 'rollback-failed' && finding.afterRows)
  const losesRows = findings.some(({ kind }) => kind === 'rollback-loses-rows')
  if (stop) {
    const says = fails
      ? `Once rows were written the rollback fails with ${stop.sqlstate}.`
      : `Once rows were written the rollback refuses by itself: ${stop.message}.`
    return { experiment, outcome: fails ? 'broke' : 'held', says }
  }
  const sum = (of: readonly LateRows[], count: (one: LateRows) => number) =>
    of.reduce((total, one) => total + count(one), 0)
  const older = tables.filter(({ isOfPhase }) => !isOfPhase)
  const kept = sum(older, ({ written, lost }) => written - lost)
  const lost = sum(older, (one) => one.lost)
  const own = sum(
    tables.filter(({ isOfPhase }) => isOfPhase),
    (one) => one.lost,
  )
  return {
    experiment,
    outcome: losesRows ? 'broke' : 'held',
    says: `Of the rows that the phase's contracts had written the rollback kept ${kept} and lost ${lost}; ${own} more went with tables of the phase.`,
    details: tables.map(
      (one) =>
        `${one.table}: ${one.written} written, ${one.lost} lost${one.isOfPhase ? ' with the table' : ''}`,
    ),
  }
}

function nameServer({ server }: LiveServer): string {
  return server === null ? 'the server' : `the earlier server "${server}"`
}
