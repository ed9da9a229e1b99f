import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import pg from 'pg'
import { HarnessError } from '../model/error.ts'
import type { PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { withPostgres } from '../postgres/start-postgres.ts'
import { captureSnapshot } from '../snapshot/capture/capture-snapshot.ts'
import { readDump, readDumpFormat } from '../snapshot/dump/open-dump.ts'
import { restoreScript } from '../snapshot/dump/restore-script.ts'
import { toCaptureProof } from '../snapshot/leak/prove-captured.ts'
import type { MaskKey } from '../snapshot/mask/mask-key.ts'
import { harnessDigest } from './harness-digest.ts'
import { HARNESS_VERSION } from './harness-version.ts'

/** A dump to make a snapshot of. */
export interface ImportRequest {
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
 * Restores a dump into a database of its own, captures that by the policy, and drops it. The raw rows are on disk for as long as it
 * takes: in a new folder of the temporary folder, or in the container, or on the server that was named.
 * @throws usage; policy-invalid; capture-failed; postgres-unavailable; database-refused
 */
export async function importDump(request: ImportRequest): Promise<Snapshot> {
  const { dump, progress, signal } = request
  const policy = await readPolicyText(request.policy)
  const format = await readDumpFormat(dump)
  progress.step(`${basename(dump)}: ${format} format`)
  return withRawFolder((cacheFolder) =>
    withPostgres(request.postgres, { cacheFolder, progress }, (server) =>
      withDatabase(server, basename(dump), async (url) => {
        const { rows, version } = await restore(url, dump)
        progress.step(
          `${basename(dump)}: ${rows.toLocaleString('en-US')} rows restored${version === null ? '' : ` of PostgreSQL ${version}`}`,
        )
        signal?.throwIfAborted()
        return capture(url, policy, request)
      }),
    ),
  )
}

/** Not the folder of other runs: what is kept there between runs must never be raw. */
async function withRawFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-import-'))
  try {
    // The account that the embedded server runs under must be able to pass; its data folder is its own alone.
    await chmod(folder, 0o711)
    return await body(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function withDatabase<T>(
  server: RunningPostgres,
  what: string,
  body: (url: string) => Promise<T>,
): Promise<T> {
  const name = `phaseproof_import_${randomBytes(6).toString('hex')}`
  await server.createDatabase(name, { mark: `import of ${what}` })
  try {
    return await body(server.connectionString(name))
  } finally {
    await server.dropDatabase(name)
  }
}

async function restore(url: string, dump: string): ReturnType<typeof restoreScript> {
  const client = new pg.Client({ connectionString: url })
  // A session lost between two statements is an event without a listener otherwise; the next statement rejects.
  client.on('error', () => {})
  await client.connect()
  try {
    // A database on its own is no use half restored, so nothing needs to reach the disk.
    await client.query('SET synchronous_commit = off; SET check_function_bodies = off')
    const restored = await restoreScript(readDump(dump), client, basename(dump))
    await client.query('ANALYZE')
    return restored
  } finally {
    await client.end().catch(() => {})
  }
}

async function capture(url: string, text: string, request: ImportRequest): Promise<Snapshot> {
  const { dump, policy, key, folder, takenAt, canaries, progress, signal } = request
  return captureSnapshot({
    url,
    source: basename(dump),
    policy: { text, name: policy },
    key,
    folder,
    name: basename(resolve(folder)),
    ...(takenAt !== undefined && { takenAt }),
    // The database is ours: its owner may read it.
    allowWriter: decodeURIComponent(new URL(url).username),
    maker: `${HARNESS_VERSION} snapshot import`,
    code: harnessDigest(),
    progress,
    ...(signal && { signal }),
    prove: toCaptureProof({ progress, canaries }),
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
