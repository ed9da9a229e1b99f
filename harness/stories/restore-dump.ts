import { basename } from 'node:path'
import { readDump } from '../capture/dump/open-dump.ts'
import { type Restored, restoreScript } from '../capture/dump/restore-script.ts'
import { withTemporaryFolder } from '../ground/temporary-folder.ts'
import { withClient } from '../ground/with-client.ts'
import type { Cluster, PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import { openClientContainer } from '../postgres/container/client-container.ts'
import { withPostgres } from '../postgres/start-postgres.ts'
import { toEmptyRole } from './snapshot-roles.ts'
import { withRoles } from './with-roles.ts'
import { withScratchDatabase } from './with-scratch-database.ts'

/** Where a dump is restored. */
interface RestorePlace {
  /** What it is done for, in the comment of the database. */
  readonly what: string
  readonly postgres: PostgresChoice
  readonly progress: Progress
  readonly signal?: AbortSignal
}

/** An empty database for a dump, on a server whose roles we hold. */
export interface DumpRoom {
  readonly url: string
  readonly server: RunningPostgres
  readonly cluster: Cluster
}

/**
 * Runs `use` with an empty database that is gone afterwards, with the roles that a restore makes. Meanwhile raw rows are on disk.
 * @throws postgres-unavailable, database-refused
 */
export function withDumpRoom<T>(
  { what, postgres, progress, signal }: RestorePlace,
  use: (room: DumpRoom) => Promise<T>,
): Promise<T> {
  // Not the folder of other runs: what is kept there between runs must never be raw. The account that the embedded server runs
  // under must be able to pass; its data folder is its own alone.
  return withTemporaryFolder(
    'import',
    (cacheFolder) =>
      withPostgres(postgres, { cacheFolder, progress }, async (server) => {
        const cluster = await server.holdCluster(what, 'alone')
        try {
          return await withRoles(cluster, [], () =>
            withScratchDatabase(server, what, (url) => use({ url, server, cluster }), signal),
          )
        } finally {
          await cluster.release()
        }
      }),
    0o711,
  )
}

/**
 * Restores a dump of any format; the roles that it names are made.
 * @param watch sees the script as it passes
 * @throws capture-failed, server-lacks
 */
export function restoreDump(
  { url, cluster }: DumpRoom,
  dump: string,
  watch: (script: AsyncIterable<Buffer>) => AsyncIterable<Buffer> = (script) => script,
): Promise<Restored> {
  return withClient(url, async (client) => {
    // A database on its own is no use half restored, so nothing needs to reach the disk.
    await client.query('SET synchronous_commit = off; SET check_function_bodies = off')
    const script = watch(readDump(dump, { openClientImage: openClientContainer }))
    const restored = await restoreScript(script, client, basename(dump), (names) =>
      cluster.makeRoles(names.map(toEmptyRole)),
    )
    await client.query('ANALYZE')
    return restored
  })
}
