import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toMaskKey } from '../../../harness/capture/mask/mask-key.ts'
import { toIncoming } from '../../../harness/ground/swap-in.ts'
import { type Progress, silentProgress } from '../../../harness/model/ports.ts'
import type { Snapshot } from '../../../harness/model/snapshot.ts'
import { loadSnapshot } from '../../../harness/snapshot/load-snapshot.ts'
import { capture } from '../../../harness/stories/capture.ts'
import { withTemporaryFolder } from '../../../harness/testing/example-source.ts'
import { TAKEN_AT } from './clock.ts'
import { PRODUCTION } from './environments.ts'
import type { RecordedMigration } from './history.ts'
import { writeEnvironment } from './write-environment.ts'

/**
 * Key of the masks. The data are invented, so everyone may know it. A real production keeps its key outside of the
 * project.
 */
const KEY = toMaskKey('the key of invented data is no secret')

const POLICY = join(import.meta.dirname, `../../../snapshots/${PRODUCTION.name}/policy.yaml`)

/** Where production is made, and where its snapshot goes. */
export interface ProductionRequest {
  /** Connection string of an empty database whose owner may read it. It receives raw rows, so the caller drops it. */
  readonly url: string
  /** Folder that holds the snapshots. */
  readonly snapshots: string
  readonly migrations: readonly RecordedMigration[]
  readonly progress: Progress
  readonly signal?: AbortSignal
}

/**
 * Fills a database with raw production and captures it by its snapshot's policy, like any user would. The same
 * migrations and policy give the same bytes, except for the server's version in the manifest.
 * @throws policy-invalid, capture-failed
 */
export async function captureProduction(request: ProductionRequest): Promise<Snapshot> {
  const { url, snapshots, migrations, progress, signal } = request
  await withTemporaryFolder(async (folder) => {
    const raw = await writeEnvironment(PRODUCTION, folder, migrations)
    await loadSnapshot(raw, url, { progress: silentProgress })
  })
  progress.step(`${PRODUCTION.name}: invented, raw, and loaded`)
  const folder = join(snapshots, PRODUCTION.name)
  try {
    return await capture({
      url,
      policy: POLICY,
      folder,
      key: KEY,
      takenAt: TAKEN_AT,
      // What pg_dump writes tells its version, and not everybody has one.
      schemaFrom: 'catalog',
      allowWriter: decodeURIComponent(new URL(url).username),
      progress,
      ...(signal && { signal }),
    })
  } finally {
    // The database goes with the run, so a half-made snapshot of it could not be gone on with.
    await rm(toIncoming(folder), { recursive: true, force: true })
  }
}
