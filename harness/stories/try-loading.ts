import { HarnessError } from '../model/error.ts'
import type { LeakCheck } from '../model/policy.ts'
import type { Cluster, PostgresChoice, PostgresServer, Progress } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { withPostgres } from '../postgres/start-postgres.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { listSnapshotRoles } from './snapshot-roles.ts'
import { withRoles } from './with-roles.ts'
import { withScratchDatabase } from './with-scratch-database.ts'

/** Name of the check that a snapshot loads. */
const NAME = 'loads'

/** A server to try a snapshot on: one that runs, one whose roles the caller holds, or where to get one. */
export type LoadServer =
  | PostgresServer
  | { readonly server: PostgresServer; readonly cluster: Cluster }
  | { readonly postgres: PostgresChoice; readonly cacheFolder: string }

/**
 * Loads a snapshot into a database that is dropped again. This shows that every row satisfies its types, domains and
 * constraints. Returns the check, or why it could not be decided. It stops at the first fault.
 */
export async function tryLoading(
  snapshot: Snapshot,
  loadServer: LoadServer,
  progress: Progress,
  signal?: AbortSignal,
): Promise<LeakCheck | string> {
  // The code is the one that loads a snapshot for phases. A server that lacks an extension says nothing about rows.
  try {
    if ('cluster' in loadServer)
      return await tryOn(loadServer.server, snapshot, progress, signal, loadServer.cluster)
    if (!('postgres' in loadServer)) return await tryOn(loadServer, snapshot, progress, signal)
    const { postgres, cacheFolder } = loadServer
    return await withPostgres(postgres, { cacheFolder, progress }, (server) =>
      tryOn(server, snapshot, progress, signal),
    )
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    if (error.code === 'snapshot-load-failed' && isAboutRows(error)) {
      return {
        name: NAME,
        passed: false,
        method: toMethod(),
        found: [(error.context as { cause: string }).cause],
      }
    }
    if (
      [
        'postgres-unavailable',
        'postgres-lost',
        'role-refused',
        'server-lacks',
        'snapshot-load-failed',
      ].includes(error.code)
    )
      return error.message
    throw error
  }
}

async function tryOn(
  server: PostgresServer,
  snapshot: Snapshot,
  progress: Progress,
  signal: AbortSignal | undefined,
  held?: Cluster,
): Promise<LeakCheck | string> {
  const { major } = snapshot.manifest.postgres
  if (server.version.major < major) {
    return `the snapshot is of PostgreSQL ${major}, and the server at hand is ${server.description}`
  }
  const what = `load check of snapshot ${snapshot.manifest.name}`
  const load = () =>
    withScratchDatabase(server, what, (url) => loadSnapshot(snapshot, url, { progress }), signal)
  const roles = await listSnapshotRoles(snapshot)
  if (roles.length === 0) await load()
  else {
    const cluster = held ?? (await server.holdCluster(what, 'alone'))
    try {
      await withRoles(cluster, roles, load)
    } finally {
      if (held === undefined) await cluster.release()
    }
  }
  return { name: NAME, passed: true, method: toMethod(), found: [] }
}

const toMethod = () => 'every row was loaded, with all types, domains, checks, unique and foreign keys'

/** Classes 22 and 23 (data, integrity), and 54: an index entry that is too large. */
function isAboutRows(error: HarnessError): boolean {
  return /^(22|23|54)/.test((error.context as { sqlstate: string }).sqlstate)
}
