import { toSnapshotIdentity } from '../ground/snapshot-format/snapshot-identity.ts'
import type { Checkpoint } from '../model/checkpoint.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration } from '../model/history.ts'
import type { Cluster, PostgresServer, Progress } from '../model/ports.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { MigrationTool } from '../model/tool.ts'
import { handOver } from '../snapshot/hand-over.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import type { ScaledRows } from '../snapshot/scale/to-scaled-rows.ts'
import { openTarget } from './build-target.ts'
import { toBaseKey } from './checkpoint-key.ts'
import { openCheckpoints, type StoredCheckpoint } from './checkpoints.ts'
import { harnessDigest } from './harness-digest.ts'
import { findWhole, type PhaseContext } from './replay-phase-of.ts'
import type { RolePlan } from './role-plan.ts'

/** Where a scenario's databases are made. */
interface BasePlace {
  readonly server: PostgresServer
  readonly projectRoot: string
  readonly cacheFolder: string
  readonly progress: Progress
  readonly cluster: Cluster
}

interface BaseRequest {
  readonly scenario: Scenario
  /** Ignore checkpoints of earlier runs. */
  readonly fresh: boolean
  readonly keep: PhaseContext['keep']
  readonly keepGoing?: true
}

/** What a run reads before anything is started. */
export interface BaseSubject {
  readonly tool: MigrationTool
  readonly migrations: readonly Migration[]
  readonly snapshot: Snapshot | null
  readonly scaled: ScaledRows | null
  readonly roles: RolePlan
}

/** The state that a scenario starts from, and what works on it. */
interface OpenedBase {
  readonly context: PhaseContext
  readonly base: StoredCheckpoint
  readonly isReused: boolean
}

/**
 * Loads the snapshot of a scenario, or finds it loaded, and lets the scenario's roles in.
 * @throws plan-invalid, snapshot-load-failed, postgres-lost
 */
export async function openBase(
  place: BasePlace,
  { scenario, fresh, keep, keepGoing }: BaseRequest,
  { tool, migrations, snapshot, scaled, roles }: BaseSubject,
): Promise<OpenedBase> {
  const { server, cacheFolder, cluster } = place
  const checkpoints = openCheckpoints(
    server,
    scenario.name,
    cacheFolder,
    { owner: roles.owner, app: roles.by?.app ?? null },
    snapshot?.manifest.conditions,
  )
  const target = await openTarget({ ...place, scenario, tool, checkpoints })
  const context: PhaseContext = {
    ...place,
    scenario,
    tool,
    migrations,
    checkpoints,
    target,
    keep,
    roles,
    ...(keepGoing && { keepGoing }),
    ...(scaled && { isMultiplied: true as const }),
  }
  if (fresh) await checkpoints.forgetAllBut([])
  const { base, isReused } = await ensureBase(context, snapshot, scaled)
  assertHistoryRead(context, base.checkpoint)
  for (const role of roles.by ? [roles.by.migrator, roles.by.app] : []) await cluster.admit(role)
  return { context, base, isReused }
}

async function ensureBase(
  context: PhaseContext,
  snapshot: Snapshot | null,
  scaled: ScaledRows | null,
): Promise<{ base: StoredCheckpoint; isReused: boolean }> {
  const { checkpoints, cluster, roles, tool, server, progress } = context
  const given = { snapshot: snapshot && toSnapshotIdentity(snapshot.manifest), scaled, roles }
  const key = toBaseKey(given, server.version.text, harnessDigest(), tool.rules)
  const found = await findWhole(key, context)
  const what = snapshot
    ? `snapshot ${snapshot.manifest.name}${scaled ? ', multiplied' : ''}`
    : 'empty database'
  if (found) {
    progress.step(`${what}: checkpoint reused`)
    return { base: found, isReused: true }
  }
  // A database may belong to a role, which therefore comes first.
  await cluster.enter([])
  await cluster.makeRoles(roles.roles)
  const base = await checkpoints.make(key, null, tool, async (url, database) => {
    if (snapshot) await loadSnapshot(snapshot, url, { progress, ...(scaled && { scale: scaled }) })
    if (roles.by && roles.isHandedOver) await handOver(url, roles.by)
    return {
      replay: null,
      surroundings: { roles: cluster.rolesOf(await cluster.read(database)), changes: [], hidden: [] },
    }
  })
  return { base, isReused: false }
}

/** A history that lies where nobody looks would let recorded migrations run again. */
export function assertHistoryRead(
  { scenario, tool }: Pick<PhaseContext, 'scenario' | 'tool'>,
  { history, otherHistories: [namespace] = [] }: Pick<Checkpoint, 'history' | 'otherHistories'>,
): void {
  if (history.length > 0 || namespace === undefined) return
  const fault = `production's history lies in the namespace ${namespace}, and ${tool.rules.namespace ?? 'public'} has none`
  throw new HarnessError(
    'plan-invalid',
    `Looked for the history of scenario ${scenario.name} in its snapshot: ${fault}.`,
    tool.words.elsewhereRemedy.replaceAll('<namespace>', namespace),
    { scenario: scenario.name, faults: [fault] },
  )
}
