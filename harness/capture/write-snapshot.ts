import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readFileDigest, toSha256 } from '../ground/file-digest.ts'
import { toFolderDigest } from '../ground/folder-digest.ts'
import { toDataFile } from '../ground/snapshot-format/parse-manifest.ts'
import { exists, putBack, swapIn, toIncoming } from '../ground/swap-in.ts'
import type {
  DatabaseConditions,
  SequencePosition,
  Snapshot,
  SnapshotManifest,
  SnapshotTable,
} from '../model/snapshot.ts'

/** What a snapshot is made of. */
export interface SnapshotSource {
  readonly name: string
  /** ISO 8601. */
  readonly takenAt: string
  readonly postgres: { readonly version: string; readonly major: number }
  /** SQL that makes the tables, without constraints and indexes. */
  readonly preData: string
  /** SQL that adds primary keys, unique constraints and indexes, and only then foreign keys. */
  readonly postData: string
  readonly tables: readonly TableSource[]
  /** Where production's sequences stood. */
  readonly sequences?: readonly SequencePosition[]
  /** What production's database is beside its schema. */
  readonly conditions?: DatabaseConditions
  readonly roles?: SnapshotManifest['roles']
  readonly databaseOwner?: SnapshotManifest['databaseOwner']
  readonly sanitised: { readonly method: string; readonly by: string }
  /** What statements to come need of production's rows, counted there. */
  readonly preconditions?: SnapshotManifest['preconditions']
}

/** A table and its rows. */
export interface TableSource {
  readonly namespace: string
  readonly name: string
  /** In the order of the values of a row. */
  readonly columns: readonly string[]
  /**
   * Lines of COPY's text format without their line ends. They are read once, in order, and never all held in memory.
   */
  readonly rows: Iterable<string> | AsyncIterable<string>
  /** Rows that the table has in production, where those are more. */
  readonly sourceRows?: number
}

/**
 * Writes a snapshot folder beside its place and swaps it in once complete, so a failure leaves the old one whole. The
 * same source gives the same bytes. A `policy.yaml` of the old folder is kept.
 */
export async function writeSnapshot(folder: string, source: SnapshotSource): Promise<Snapshot> {
  const absolute = resolve(folder)
  // A fixed name: what a killed run left is cleared by the next one.
  const incoming = toIncoming(absolute)
  await putBack(absolute)
  await rm(incoming, { recursive: true, force: true })
  try {
    const manifest = await writeFolder(incoming, join(absolute, 'policy.yaml'), source)
    await swapIn(incoming, absolute)
    return { folder: absolute, manifest }
  } finally {
    await rm(incoming, { recursive: true, force: true })
  }
}

async function writeFolder(
  folder: string,
  policy: string,
  source: SnapshotSource,
): Promise<SnapshotManifest> {
  await mkdir(join(folder, 'schema'), { recursive: true })
  await mkdir(join(folder, 'data'))
  const sha256ByPath = new Map<string, string>()

  const schema = {
    'schema/pre-data.sql': toSha256(source.preData),
    'schema/post-data.sql': toSha256(source.postData),
  }
  await writeFile(join(folder, 'schema/pre-data.sql'), source.preData)
  await writeFile(join(folder, 'schema/post-data.sql'), source.postData)
  for (const [path, sha256] of Object.entries(schema)) sha256ByPath.set(path, sha256)

  const tables: SnapshotTable[] = []
  for (const table of source.tables.toSorted(byFile)) {
    const written = await writeTable(folder, table)
    sha256ByPath.set(written.file, written.sha256)
    tables.push(written)
  }

  if (await exists(policy)) {
    await copyFile(policy, join(folder, 'policy.yaml'))
    sha256ByPath.set('policy.yaml', (await readFileDigest(policy)).sha256)
  }

  const manifest: SnapshotManifest = {
    format: 1,
    name: source.name,
    takenAt: source.takenAt,
    postgres: { version: source.postgres.version, major: source.postgres.major },
    tables,
    ...(source.roles && { roles: source.roles }),
    ...(source.databaseOwner !== undefined && { databaseOwner: source.databaseOwner }),
    schema,
    digest: toFolderDigest(sha256ByPath),
    ...(source.sequences && { sequences: source.sequences }),
    ...(source.conditions && { conditions: source.conditions }),
    sanitised: { method: source.sanitised.method, by: source.sanitised.by },
    ...(source.preconditions && { preconditions: source.preconditions }),
  }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

async function writeTable(folder: string, table: TableSource): Promise<SnapshotTable> {
  const file = toDataFile(table.namespace, table.name)
  const hash = createHash('sha256')
  let rows = 0
  let sizeBytes = 0
  const toChunks = async function* () {
    let lines: string[] = []
    let length = 0
    const take = () => {
      const chunk = Buffer.from(lines.join(''), 'utf8')
      lines = []
      length = 0
      hash.update(chunk)
      sizeBytes += chunk.length
      return chunk
    }
    for await (const line of table.rows) {
      rows += 1
      lines.push(`${line}\n`)
      length += line.length + 1
      if (length >= 1 << 16) yield take()
    }
    if (lines.length > 0) yield take()
  }
  // Never over an existing file: on a file system that ignores case, "User" and "user" would share one.
  await pipeline(toChunks, createWriteStream(join(folder, file), { flags: 'wx' }))
  const { namespace, name, columns, sourceRows } = table
  const counted = { rows, ...(sourceRows !== undefined && { sourceRows }), sizeBytes }
  return { namespace, name, file, columns: [...columns], ...counted, sha256: hash.digest('hex') }
}

function byFile(a: TableSource, b: TableSource): number {
  const [left, right] = [toDataFile(a.namespace, a.name), toDataFile(b.namespace, b.name)]
  return left < right ? -1 : left > right ? 1 : 0
}
