import { inspectCatalogs } from '../../inspect/inspect-catalogs.ts'
import type { HistoryAudit, MigrationVerdict } from '../../model/history-audit.ts'
import type { PostgresServer, Progress } from '../../model/ports.ts'
import type { Scenario } from '../../model/scenario.ts'
import { assertSanitised } from '../assert-sanitised.ts'
import { assertHistoryRead, openBase } from '../open-base.ts'
import { readPlan } from '../read-plan.ts'
import { readSnapshotOf } from '../read-snapshot-of.ts'
import { readRolePlan } from '../role-plan.ts'
import { auditBase, auditDatabase, toMoment } from './audit-base.ts'

/** Which database is audited against the migrations of a scenario. */
interface AuditedScenario {
  readonly scenario: Scenario
  /** A database to read instead of the scenario's snapshot; it is only read. */
  readonly url?: string
}

interface AuditPlace {
  readonly server: PostgresServer
  readonly projectRoot: string
  readonly cacheFolder: string
  readonly progress: Progress
}

/** An audit, with what it cannot show. */
interface ToldAudit {
  readonly audit: HistoryAudit
  readonly limits: readonly string[]
}

/**
 * Holds the history of a snapshot, or of a database that can be reached, against the effects of a scenario's migrations. Ways out are
 * tried on clones of the snapshot; of a database there is none to try them on.
 * @throws plan-invalid, snapshot-invalid, snapshot-unproven, snapshot-load-failed, postgres-lost, engine-failed
 */
export async function auditScenario(
  { scenario: given, url }: AuditedScenario,
  place: AuditPlace,
): Promise<ToldAudit> {
  const { server, projectRoot } = place
  const upTo = given.phases.length
  const scenario = url === undefined ? given : { ...given, snapshot: null }
  const { tool, migrations } = await readPlan(scenario, upTo, projectRoot)
  const { snapshot } = await readSnapshotOf(scenario, projectRoot, undefined)
  if (snapshot) await assertSanitised(snapshot)
  const roles = await readRolePlan(scenario, snapshot, migrations)
  const cluster = await server.holdCluster(scenario.name, 'alone')
  try {
    const subject = { tool, migrations, snapshot, scaled: null, roles }
    const request = { scenario, fresh: false, keep: 'nothing' as const }
    const { context, base } = await openBase({ ...place, cluster }, request, subject)
    if (url === undefined) {
      const audit = await auditBase(context, base, { upTo, asOf: toMoment(snapshot), isAsked: isUntrue })
      return { audit, limits: [] }
    }
    const state = await inspectCatalogs(url, tool)
    assertHistoryRead(context, state)
    const asked = { upTo, asOf: new Date().toISOString(), isAsked: isUntrue }
    const limits =
      state.major === server.version.major ? [] : [describeMajors(state.major, server.version.major)]
    return { audit: await auditDatabase(context, base, state, asked), limits }
  } finally {
    await cluster.release()
  }
}

/** Does a verdict say that the history is untrue, or that a deploy stops at it? */
export function isUntrue({ verdict }: MigrationVerdict): boolean {
  return ['effects-absent', 'half-applied', 'applied-by-hand', 'failed', 'impossible'].includes(verdict)
}

function describeMajors(theirs: number, ours: number): string {
  return `The database runs on Postgres ${theirs}, effects were measured on ${ours}: what the two print in other words counts as changed since.`
}
