import type { Checkpoint } from '../../model/checkpoint.ts'
import type { HistoryAudit, MigrationVerdict } from '../../model/history-audit.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import type { StoredCheckpoint } from '../checkpoints.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { listCreatedRoles } from '../role-plan.ts'
import { auditHistory } from './audit-history.ts'
import type { MeasurePlace } from './measure-effects.ts'
import { proveWaysOut } from './prove-ways-out.ts'

/** What an audit of a scenario's first state is asked. */
interface AuditRequest {
  readonly upTo: number
  /** When production was like that, ISO 8601. */
  readonly asOf: string
  /** Which verdicts get a way out, tried on a clone. */
  readonly isAsked: (verdict: MigrationVerdict, audit: HistoryAudit) => boolean
}

/**
 * Holds the history of a scenario's first state against the effects of its migrations, and tries the ways out of what is asked for.
 * @throws postgres-lost, engine-failed
 */
export function auditBase(
  context: PhaseContext,
  base: StoredCheckpoint,
  request: AuditRequest,
): Promise<HistoryAudit> {
  return audit(context, base, base.checkpoint, base.checkpoint.database, request)
}

/**
 * Does the same for a database that cannot be cloned, so that no way out is tried.
 * @param base what the scenario starts from here, for its roles
 * @throws postgres-lost, engine-failed
 */
export function auditDatabase(
  context: PhaseContext,
  base: StoredCheckpoint,
  state: Pick<Checkpoint, 'schema' | 'history'>,
  request: AuditRequest,
): Promise<HistoryAudit> {
  return audit(context, base, state, null, request)
}

async function audit(
  context: PhaseContext,
  base: StoredCheckpoint,
  state: Pick<Checkpoint, 'schema' | 'history'>,
  database: string | null,
  { upTo, asOf, isAsked }: AuditRequest,
): Promise<HistoryAudit> {
  const { scenario, migrations, tool, server, checkpoints, roles } = context
  const place = toMeasurePlace(context, base)
  const found = await auditHistory({ scenario, upTo, migrations, base: state, asOf }, place)
  return proveWaysOut(found, (verdict) => isAsked(verdict, found), {
    tool,
    server,
    checkpoints,
    database,
    history: state.history,
    migrations,
    migrator: roles.by?.migrator,
  })
}

/** Where effects are measured: with the roles that the scenario starts with, but for those that migrations make. */
function toMeasurePlace(context: PhaseContext, { surroundings }: StoredCheckpoint): MeasurePlace {
  const { cluster, migrations, roles } = context
  return {
    ...context,
    migrator: roles.by?.migrator,
    around: async (measure) => {
      const made = await listCreatedRoles(migrations)
      await cluster.enter(surroundings.roles.filter(({ name }) => !made.has(name)))
      const measured = await measure()
      await cluster.enter(surroundings.roles)
      return measured
    },
  }
}

/** The moment that a snapshot shows; now without one. */
export function toMoment(snapshot: Snapshot | null): string {
  return snapshot?.manifest.takenAt ?? new Date().toISOString()
}
