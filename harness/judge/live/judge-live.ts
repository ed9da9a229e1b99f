import type { FindingEvidence } from '../../model/finding.ts'
import type { LiveReport } from '../../model/live.ts'
import type { Phase } from '../../model/scenario.ts'

/** SQLSTATE of RAISE EXCEPTION: the script itself refuses to take what was written, as a careful one does. */
const REFUSES = 'P0001'

/** What is wrong with a phase that was applied beneath running servers. Pure. */
export function judgeLive({ servers, rollback }: LiveReport, phase: Phase): FindingEvidence[] {
  const { rollback: script, rollbackLoses = {} } = phase
  const lost = (rollback?.tables ?? []).filter(
    ({ table, lost, isOfPhase }) => lost > 0 && !isOfPhase && rollbackLoses[table] === undefined,
  )
  return [
    ...servers.flatMap(({ server, warm, traffic }) => [
      ...warm.map((failure) => ({ kind: 'warm-connection-broken' as const, server, ...failure })),
      ...(traffic ?? []).flatMap(({ endpoint, requests, failed, message }) =>
        failed === 0
          ? []
          : [
              {
                kind: 'request-failed-during-phase' as const,
                server,
                endpoint,
                requests,
                failed,
                message: message ?? '',
              },
            ],
      ),
    ]),
    ...(script && rollback?.stop && rollback.stop.sqlstate !== REFUSES
      ? [{ kind: 'rollback-failed' as const, file: script.file, ...rollback.stop, afterRows: true as const }]
      : []),
    ...(script && !rollback?.stop && lost.length > 0
      ? [{ kind: 'rollback-loses-rows' as const, file: script.file, tables: lost }]
      : []),
  ]
}
