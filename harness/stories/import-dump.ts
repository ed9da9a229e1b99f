import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { captureFailed } from '../capture/capture-failed.ts'
import { captureSnapshot } from '../capture/capture-snapshot.ts'
import { readDump, readDumpFormat } from '../capture/dump/open-dump.ts'
import { restoreScript } from '../capture/dump/restore-script.ts'
import { assertCanaries } from '../capture/leak/canaries.ts'
import type { MaskKey } from '../capture/mask/mask-key.ts'
import { withTemporaryFolder } from '../ground/temporary-folder.ts'
import { withClient } from '../ground/with-client.ts'
import { HarnessError } from '../model/error.ts'
import type { Cluster, PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { openClientContainer } from '../postgres/container/client-container.ts'
import { withPostgres } from '../postgres/start-postgres.ts'
import { toFullProof } from './full-proof.ts'
import { harnessDigest } from './harness-digest.ts'
import { HARNESS_VERSION } from './harness-version.ts'
import { toEmptyRole } from './snapshot-roles.ts'
import { withRoles } from './with-roles.ts'
import { withScratchDatabase } from './with-scratch-database.ts'

/** A dump to make a snapshot of. */
interface ImportRequest {
  /** File or folder that pg_dump wrote. */
  readonly dump: string
  /** Path of `policy.yaml`. */
  readonly policy: string
  readonly key: MaskKey
  /** Folder of the snapshot, which has its name; what is there is replaced once the new one is complete. */
  readonly folder: string
  /** ISO 8601; when the dump was taken, if not now. */
  readonly takenAt?: string
  readonly postgres: PostgresChoice
  readonly canaries: readonly string[]
  readonly progress: Progress
  readonly signal?: AbortSignal
}

/**
 * Restores a dump into a database of its own, captures that by the policy, and drops it. Meanwhile its raw rows are
 * on disk.
 * @throws usage, policy-invalid, capture-failed, snapshot-refused, postgres-unavailable, database-refused
 */
export async function importDump(request: ImportRequest): Promise<Snapshot> {
  // They are in a new folder of the temporary folder, in the container, or on the server that was named.
  const { dump, progress, signal } = request
  assertCanaries(request.canaries)
  const policy = await readPolicyText(request.policy)
  const format = await readDumpFormat(dump)
  progress.step(`${basename(dump)}: ${format} format`)
  const make = (server: RunningPostgres, cluster: Cluster) => async (url: string) => {
    const { rows, version } = await restore(url, dump, cluster)
    const by = version === null ? '' : ` of PostgreSQL ${version}`
    progress.step(`${basename(dump)}: ${rows.toLocaleString('en-US')} rows restored${by}`)
    return capture(url, policy, request, { server, cluster })
  }
  try {
    // Not the folder of other runs: what is kept there between runs must never be raw. The account that the embedded server runs
    // under must be able to pass; its data folder is its own alone.
    return await withTemporaryFolder(
      'import',
      (cacheFolder) =>
        withPostgres(request.postgres, { cacheFolder, progress }, (server) =>
          withCluster(server, `import of ${basename(dump)}`, (cluster, what) =>
            withScratchDatabase(server, what, make(server, cluster), signal),
          ),
        ),
      0o711,
    )
  } catch (error) {
    if (!signal?.aborted) throw error
    throw captureFailed(basename(dump), 'it was stopped, and nothing of it is left', 'Run it again.')
  }
}

/** The roles that a dump names are made on the server, and are gone with the database. */
async function withCluster<T>(
  server: RunningPostgres,
  what: string,
  body: (cluster: Cluster, what: string) => Promise<T>,
): Promise<T> {
  const cluster = await server.holdCluster(what, 'alone')
  try {
    return await withRoles(cluster, [], () => body(cluster, what))
  } finally {
    await cluster.release()
  }
}

function restore(url: string, dump: string, cluster: Cluster): ReturnType<typeof restoreScript> {
  return withClient(url, async (client) => {
    // A database on its own is no use half restored, so nothing needs to reach the disk.
    await client.query('SET synchronous_commit = off; SET check_function_bodies = off')
    const restored = await restoreScript(
      readDump(dump, { openClientImage: openClientContainer }),
      client,
      basename(dump),
      (names) => cluster.makeRoles(names.map(toEmptyRole)),
    )
    await client.query('ANALYZE')
    return restored
  })
}

async function capture(
  url: string,
  text: string,
  request: ImportRequest,
  loadServer: { readonly server: RunningPostgres; readonly cluster: Cluster },
): Promise<Snapshot> {
  const { dump, policy, key, folder, takenAt, canaries, progress, signal } = request
  return captureSnapshot({
    url,
    source: basename(dump),
    policy: { text, name: policy },
    key,
    folder,
    name: basename(resolve(folder)),
    ...(takenAt !== undefined && { takenAt }),
    openClientImage: openClientContainer,
    // The database is ours: its owner may read it.
    allowWriter: decodeURIComponent(new URL(url).username),
    knowsProduction: false,
    maker: `${HARNESS_VERSION} snapshot import`,
    code: harnessDigest('capture'),
    progress,
    ...(signal && { signal }),
    prove: toFullProof({ progress, canaries }, loadServer, signal),
  })
}

/** Before a server is started: a wrong path should cost nothing. */
async function readPolicyText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const message = `The policy ${path} cannot be read: ${error.code}.`
    const remedy = 'Make a first draft with `phaseproof snapshot classify`.'
    throw new HarnessError('usage', message, remedy, { faults: [message] })
  })
}
