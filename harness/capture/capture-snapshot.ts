import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fetchSource } from '../ground/fetch-source.ts'
import { toSha256 } from '../ground/file-digest.ts'
import { toFolderDigest } from '../ground/folder-digest.ts'
import { INSTANT } from '../ground/snapshot-format/parse-manifest.ts'
import { parsePolicy } from '../ground/snapshot-format/parse-policy.ts'
import { sealManifest } from '../ground/snapshot-format/seal-manifest.ts'
import { swapIn } from '../ground/swap-in.ts'
import { HarnessError } from '../model/error.ts'
import type { LeakProof, Policy } from '../model/policy.ts'
import type { OpenClientImage, Progress } from '../model/ports.ts'
import type { Snapshot, SnapshotManifest, SnapshotTable } from '../model/snapshot.ts'
import { type Source, toTableKey } from '../model/source.ts'
import { captureFailed, toCaptureError } from './capture-failed.ts'
import { copyTables } from './copy-tables.ts'
import { giveNumbers } from './give-numbers.ts'
import { INVENTED_VERSION } from './mask/invented.ts'
import type { MaskKey } from './mask/mask-key.ts'
import { ZIP3_VERSION } from './mask/zip3-list.ts'
import { comparePolicy } from './policy/compare-policy.ts'
import { policyInvalid } from './policy/policy-invalid.ts'
import { assertReadOnly } from './source/assert-read-only.ts'
import { fetchSchemaSql, type SchemaFrom, type SchemaSql } from './source/fetch-schema-sql.ts'
import { readSource, type SourceReader } from './source/read-source.ts'
import { scanSource } from './source/scan-source.ts'
import { lockTables, openSource, type SourceSessions } from './source/source-session.ts'
import { type StagedTable, Staging, toMaking } from './staging.ts'
import { planSubset, SubsetTooLarge } from './subset/plan-subset.ts'
import { type MaskShared, toIntegerClasses } from './table-plan.ts'
import { tryOut } from './try-out.ts'

/** How to capture. */
export interface CaptureOptions {
  /** Connection string of the source, of a role that can only read. */
  readonly url: string
  /** The source as messages may name it: no password. */
  readonly source: string
  /** The policy's text, and how messages name it. */
  readonly policy: { readonly text: string; readonly name: string }
  readonly key: MaskKey
  /** Folder of the snapshot; what is there is replaced once the new one is complete. */
  readonly folder: string
  readonly name: string
  /** ISO 8601; when the source was read, if not now. Two captures differ in nothing else. */
  readonly takenAt?: string
  /** The role that is known to be able to write, and may be used all the same. */
  readonly allowWriter?: string
  readonly schemaFrom?: SchemaFrom
  /** Where a pg_dump comes from when none on this machine fits. */
  readonly openClientImage?: OpenClientImage
  /** Folders to look for pg_dump in, instead of the PATH and where packages put it. */
  readonly clientFolders?: readonly string[]
  /** Tables, or ranges of one, that are read at once. Default 2. */
  readonly jobs?: number
  /** A range of a table has at least so many rows. Default 100,000. */
  readonly leastRows?: number
  /** Default an hour. */
  readonly statementTimeoutMs?: number
  /** Default two seconds. */
  readonly lockTimeoutMs?: number
  /** What makes the snapshot, in words of a version, for the manifest. */
  readonly maker: string
  /** Digest of the maker's code: other code does not go on with a half-made snapshot, though its version be the same. */
  readonly code: string
  readonly progress: Progress
  /** Ends the capture; what is finished stays beside the snapshot for the next one to go on with. */
  readonly signal?: AbortSignal
  /** Shows from the files that nothing leaked; a snapshot that fails is removed. */
  readonly prove?: (captured: Captured) => Promise<LeakProof>
}

/** A snapshot before it takes its place. */
interface Captured {
  readonly folder: string
  readonly manifest: SnapshotManifest
  readonly policy: Policy
  /** Reads the source at the moment that was captured. */
  readonly source: SourceReader
}

const HOUR_MS = 3_600_000
const LOCK_TIMEOUT_MS = 2000

/**
 * Captures a database: reads it at one moment without ever writing, masks each row by the policy on its way, and puts the
 * snapshot in its place once all of it is written and proven. The policy is compared with the source, and documents and lists
 * are read through, before anything is written. An unchanged source gives the same bytes again.
 * @throws usage; policy-invalid with everything in the way; snapshot-refused when what was written does not pass; capture-failed
 */
export async function captureSnapshot(options: CaptureOptions): Promise<Snapshot> {
  assertInstant(options.takenAt)
  const { source: name, statementTimeoutMs = HOUR_MS, lockTimeoutMs = LOCK_TIMEOUT_MS } = options
  const policy = toPolicy(options)
  const sessions = await openSource({ url: options.url, statementTimeoutMs, lockTimeoutMs }, name)
  // Ending the sessions is what cancels a query that is under way.
  const stop = () => void sessions.close()
  options.signal?.addEventListener('abort', stop, { once: true })
  try {
    options.signal?.throwIfAborted()
    return await captureFrom(sessions, policy, options)
  } catch (error) {
    if (options.signal?.aborted) {
      throw captureFailed(
        name,
        'it was stopped',
        'Run it again: it goes on with the tables that are finished, as long as the source is unchanged.',
      )
    }
    throw toCaptureError(error, name)
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await sessions.close()
  }
}

function assertInstant(takenAt: string | undefined): void {
  if (takenAt === undefined || INSTANT.test(takenAt)) return
  const message = 'The time a snapshot was taken at must be ISO 8601 with a zone.'
  throw new HarnessError('usage', message, 'For example --taken-at 2026-01-06T06:00:00Z', {
    faults: [message],
  })
}

function toPolicy({ policy }: CaptureOptions): Policy {
  const parsed = parsePolicy(policy.text)
  if (!parsed.ok) throw policyInvalid(policy.name, parsed.faults)
  return parsed.policy
}

async function captureFrom(
  sessions: SourceSessions,
  policy: Policy,
  options: CaptureOptions,
): Promise<Snapshot> {
  const { progress, key } = options
  const signal = options.signal ?? new AbortController().signal
  await assertReadOnly(sessions.first, options.source, options.allowWriter)
  const source = await fetchSource(sessions.first, options.source)
  const takenAt = options.takenAt ?? new Date().toISOString().replace(/\.\d+/, '')
  // By the clock, not by the time that was named: a reason that has expired does not come back by naming an earlier day.
  const faults = comparePolicy(policy, source, new Date().toISOString().slice(0, 10))
  if (faults.length > 0) throw policyInvalid(options.policy.name, faults)
  const read = source.tables.filter((table) => !policy.tables[toTableKey(table)]?.empty)
  await lockTables(sessions, read, options.source)
  const schema = await fetchSchemaSql(sessions, source, {
    ...options,
    lockTimeoutMs: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
  })
  progress.step(
    `${options.source}: PostgreSQL ${source.postgres.version}, ${source.tables.length} tables, schema ${schema.by}`,
  )
  const shared: MaskShared = {
    policy,
    key,
    integerClasses: toIntegerClasses(policy, source),
    numbers: await giveNumbers(sessions.first, source, policy),
  }
  const scanned = await scanSource(sessions.first, source, shared, signal)
  const refused = scanned.length > 0 ? [] : await tryOut(sessions.first, source, shared)
  if (scanned.length + refused.length > 0) throw policyInvalid(options.policy.name, [...scanned, ...refused])

  const making = toMaking([
    options.maker,
    options.code,
    options.policy.text,
    key.fingerprint,
    JSON.stringify(source.tables.map(({ estimatedRows: _, ...table }) => table)),
    schema.preData,
    schema.postData,
  ])
  const staging = await Staging.begin(options.folder, { making, moment: sessions.moment }, takenAt)
  const conditions = await chooseRows(sessions, source, policy)
  const { jobs = 2, leastRows } = options
  await copyTables(sessions, source, shared, staging, { jobs, conditions, progress, signal, leastRows })
  return finish(sessions, source, policy, schema, staging, options)
}

/** For each table of a subset the condition on its rows; empty when all rows are captured. */
async function chooseRows(
  sessions: SourceSessions,
  source: Source,
  policy: Policy,
): Promise<ReadonlyMap<string, string>> {
  if (!policy.subset) return new Map()
  const whole = Object.keys(policy.tables).filter((key) => policy.tables[key]?.whole)
  const fetch = async (text: string) => (await sessions.first.query({ text, rowMode: 'array' })).rows
  try {
    return (await planSubset(source, policy.subset, whole, fetch)).conditions
  } catch (error) {
    if (!(error instanceof SubsetTooLarge)) throw error
    throw captureFailed(source.name, error.message, 'Start with fewer rows, or raise maxRows of the subset.')
  }
}

async function finish(
  sessions: SourceSessions,
  source: Source,
  policy: Policy,
  schema: SchemaSql,
  staging: Staging,
  options: CaptureOptions,
): Promise<Snapshot> {
  const { folder } = staging
  await writeFile(join(folder, 'schema/pre-data.sql'), schema.preData)
  await writeFile(join(folder, 'schema/post-data.sql'), schema.postData)
  await writeFile(join(folder, 'policy.yaml'), options.policy.text)
  const manifest = toManifest(source, policy, schema, staging, options)
  let proven = manifest
  if (options.prove) {
    const leakProof = await options.prove({ folder, manifest, policy, source: readSource(sessions, source) })
    if (!leakProof.passed) {
      await staging.remove()
      throw refused(options.name, leakProof)
    }
    proven = { ...manifest, leakProof }
  }
  options.signal?.throwIfAborted()
  if (!(await staging.isOurs())) {
    const why = `another capture has begun to write to ${options.folder}, so this one is given up`
    throw captureFailed(options.source, why, 'Let only one capture write to a folder at a time.')
  }
  await staging.close()
  const { sealed, text } = sealManifest(proven)
  await writeFile(join(folder, 'manifest.json'), text)
  await swapIn(folder, resolve(options.folder))
  return { folder: resolve(options.folder), manifest: sealed }
}

function refused(name: string, proof: LeakProof): HarnessError<'snapshot-refused'> {
  const reasons = proof.checks.flatMap((check) => check.found.map((where) => `${check.name}: ${where}`))
  return new HarnessError(
    'snapshot-refused',
    `Checking snapshot "${name}" before it takes its place: it did not pass, and what was written is removed:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`,
    'Give what is named a rule that fits, or a stricter one, and capture again.',
    { snapshot: name, reasons },
  )
}

function toManifest(
  source: Source,
  policy: Policy,
  schema: SchemaSql,
  staging: Staging,
  options: CaptureOptions,
): SnapshotManifest {
  const byFile = (a: StagedTable, b: StagedTable) => (a.table.file < b.table.file ? -1 : 1)
  const staged = staging.finished.toSorted(byFile)
  const tables: readonly SnapshotTable[] = staged.map(({ table }) => table)
  const schemaDigests = {
    'schema/pre-data.sql': toSha256(schema.preData),
    'schema/post-data.sql': toSha256(schema.postData),
  }
  const policySha256 = toSha256(options.policy.text)
  const sha256ByPath = new Map<string, string>([
    ...Object.entries(schemaDigests),
    ['policy.yaml', policySha256],
    ...tables.map(({ file, sha256 }) => [file, sha256] as const),
  ])
  return {
    format: 1,
    name: options.name,
    takenAt: staging.takenAt,
    postgres: source.postgres,
    tables,
    schema: schemaDigests,
    digest: toFolderDigest(sha256ByPath),
    sanitised: { method: `policy.yaml, which claims ${policy.claims}`, by: options.maker },
    policy: {
      sha256: policySha256,
      claims: policy.claims,
      lists: { invented: INVENTED_VERSION, zip3: ZIP3_VERSION },
      columns: staged.flatMap(({ applied }) => applied),
    },
  }
}
