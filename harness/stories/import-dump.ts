import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { captureFailed } from '../capture/capture-failed.ts'
import { captureSnapshot } from '../capture/capture-snapshot.ts'
import { readDumpFormat } from '../capture/dump/open-dump.ts'
import { assertCanaries } from '../capture/leak/canaries.ts'
import type { MaskKey } from '../capture/mask/mask-key.ts'
import { HarnessError } from '../model/error.ts'
import type { PostgresChoice, Progress } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { openClientContainer } from '../postgres/container/client-container.ts'
import { toFullProof } from './full-proof.ts'
import { harnessDigest } from './harness-digest.ts'
import { HARNESS_VERSION } from './harness-version.ts'
import { type DumpRoom, restoreDump, withDumpRoom } from './restore-dump.ts'

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
  const { dump, progress, signal } = request
  assertCanaries(request.canaries)
  const policy = await readPolicyText(request.policy)
  const format = await readDumpFormat(dump)
  progress.step(`${basename(dump)}: ${format} format`)
  try {
    const what = `import of ${basename(dump)}`
    return await withDumpRoom({ ...request, what }, async (room) => {
      const { rows, version } = await restoreDump(room, dump)
      const by = version === null ? '' : ` of PostgreSQL ${version}`
      progress.step(`${basename(dump)}: ${rows.toLocaleString('en-US')} rows restored${by}`)
      return capture(room, policy, request)
    })
  } catch (error) {
    if (!signal?.aborted) throw error
    throw captureFailed(basename(dump), 'it was stopped, and nothing of it is left', 'Run it again.')
  }
}

async function capture(
  { url, server, cluster }: DumpRoom,
  text: string,
  request: ImportRequest,
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
    prove: toFullProof({ progress, canaries }, { server, cluster }, signal),
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
