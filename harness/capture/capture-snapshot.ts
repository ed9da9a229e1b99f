import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ClientBase } from 'pg'
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
import type { RecordedAnswer } from '../model/precondition.ts'
import type {
  DatabaseConditions,
  SequencePosition,
  Snapshot,
  SnapshotManifest,
  SnapshotTable,
} from '../model/snapshot.ts'
import { type Source, toTableKey } from '../model/source.ts'
import { captureFailed, toCaptureError } from './capture-failed.ts'
import { copyTables } from './copy-tables.ts'
import { giveNumbers } from './give-numbers.ts'
import { type FinishedTable, Incoming, toMaking } from './incoming.ts'
import { INVENTED_VERSION } from './mask/invented.ts'
import type { MaskKey } from './mask/mask-key.ts'
import { ZIP3_VERSION } from './mask/zip3-list.ts'
import { comparePolicy } from './policy/compare-policy.ts'
import { nameRoles, renameRole } from './policy/name-roles.ts'
import { policyInvalid } from './policy/policy-invalid.ts'
import { assertReadOnly } from './source/assert-read-only.ts'
import { fetchConditions } from './source/fetch-conditions.ts'
import { fetchRoles, type SourceRoles } from './source/fetch-roles.ts'
import { fetchSchemaSql, type SchemaFrom, type SchemaSql } from './source/fetch-schema-sql.ts'
import { fetchSequencePositions } from './source/fetch-sequences.ts'
import { readSource, type SourceReader } from './source/read-source.ts'
import { renameInPolicies } from './source/rename-in-policies.ts'
import { renderRights } from './source/render-rights.ts'
import { scanSource } from './source/scan-source.ts'
import { lockTables, openSource, type SourceSessions } from './source/source-session.ts'
import { planSubset, SubsetTooLarge } from './subset/plan-subset.ts'
import { type MaskShared, toIntegerClasses } from './table-plan.ts'
import { tryOut } from './try-out.ts'

/** What a capture is asked to do. */
export interface CaptureOptions {
  /** Connection string of the source, of a role that can only read. */
  readonly url: string
  /** The source as messages may name it, without its password. */
  readonly source: string
  /** The policy's text, and how messages name it. */
  readonly policy: { readonly text: string; readonly name: string }
  readonly key: MaskKey
  /** Folder of the snapshot. An older snapshot there is replaced once the new one is complete. */
  readonly folder: string
  readonly name: string
  /** ISO 8601: when the source was read, if not now. Two captures of the same state differ in nothing else. */
  readonly takenAt?: string
  /** A role that may be used although it is able to write. */
  readonly allowWriter?: string
  readonly schemaFrom?: SchemaFrom
  /** Where a pg_dump comes from when none on this machine fits. */
  readonly openClientImage?: OpenClientImage
  /** Folders to look for pg_dump in, instead of the PATH and where packages put it. */
  readonly clientFolders?: readonly string[]
  /** Tables, or ranges of one, that are read at once. Default 2. */
  readonly jobs?: number
  /** Fewest rows of one range of a table. Default 100,000. */
  readonly leastRows?: number
  /** Longest single statement. Default an hour. */
  readonly statementTimeoutMs?: number
  /** Longest wait for a lock. Default two seconds. */
  readonly lockTimeoutMs?: number
  /** False where the source is a restored dump: then its locale and settings are those of our own server. Default true. */
  readonly knowsProduction?: boolean
  /** Roles that a scenario needs, also where nothing in the database refers to them. */
  readonly roles?: readonly string[]
  /** Name and version of what makes the snapshot, for the manifest. */
  readonly maker: string
  /**
   * Digest of the capture's code. A half-made snapshot is continued by the very same code only, even within one
   * version.
   */
  readonly code: string
  readonly progress: Progress
  /** Ends the capture. Finished tables stay beside the snapshot, so the next capture can continue. */
  readonly signal?: AbortSignal
  /** Asks the source, at the captured moment, how many rows are in the way of statements to come; numbers are all that it gives. */
  readonly ask?: (client: ClientBase) => Promise<readonly RecordedAnswer[]>
  /** Shows from the files that nothing leaked; a snapshot that fails is removed. */
  readonly prove?: (captured: Captured) => Promise<LeakProof>
}

/** A snapshot that is written and has not taken its place yet. */
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
 * Captures a database into a snapshot folder: it reads one moment without writing, masks each row by the policy, and
 * swaps the folder in once it is proven. An unchanged source gives the same bytes again.
 * @throws usage, policy-invalid, snapshot-refused, capture-failed
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
  const found = await fetchRoles(sessions.first, {
    wanted: [...(options.roles ?? []), ...Object.keys(policy.roles ?? {})],
    knowsProduction: options.knowsProduction !== false,
  })
  const named = nameRoles(policy, found.roles)
  if (faults.length > 0 || !named.ok)
    throw policyInvalid(options.policy.name, [...faults, ...(named.ok ? [] : named.faults)])
  const read = source.tables.filter((table) => !policy.tables[toTableKey(table)]?.empty)
  await lockTables(sessions, read, options.source)
  const schema = await withRights(
    await fetchSchemaSql(sessions, source, {
      ...options,
      lockTimeoutMs: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
    }),
    sessions,
    named.names,
    options,
  )
  progress.step(
    `${options.source}: PostgreSQL ${source.postgres.version}, ${source.tables.length} tables, schema ${schema.by}`,
  )
  if (policy.roles === undefined && found.roles.length > 0) {
    const names = found.roles.map(({ name }) => name).join(', ')
    progress.step(
      `roles ${names}: the policy says nothing of roles, so their names stay; one that is a person's gets another name under its "roles"`,
    )
  }
  const shared: MaskShared = {
    policy,
    key,
    integerClasses: toIntegerClasses(policy, source),
    numbers: await giveNumbers(sessions.first, source, policy),
  }
  // Documents and lists are read through before anything is written, so that hours of copying do not end in a fault
  // that was there from the start.
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
    JSON.stringify(found),
  ])
  const incoming = await Incoming.begin(options.folder, { making, moment: sessions.moment }, takenAt)
  const preconditions = await options.ask?.(sessions.first)
  const conditions = await chooseRows(sessions, source, policy)
  const sequences = await fetchSequencePositions(sessions.first, (column) => isMasked(policy, column))
  const of =
    options.knowsProduction === false ? null : await fetchConditions(sessions.first, source.postgres.major)
  const { jobs = 2, leastRows } = options
  await copyTables(sessions, source, shared, incoming, { jobs, conditions, progress, signal, leastRows })
  return finish(
    sessions,
    source,
    policy,
    { ...schema, sequences, conditions: of, ...toSnapshotRoles(found, named.names, options) },
    incoming,
    options,
    preconditions,
  )
}

/** The schema with what its owners and rights are, last of all, by the names that roles have in the snapshot. */
async function withRights(
  schema: SchemaSql,
  { first }: SourceSessions,
  names: ReadonlyMap<string, string>,
  { knowsProduction = true }: CaptureOptions,
): Promise<SchemaSql> {
  const rights = await renderRights(first, names, knowsProduction)
  const postData = await renameInPolicies(first, schema.postData, names)
  return { ...schema, postData: rights === '' ? postData : `${postData}\n${rights}` }
}

/** A dump names roles and describes none: nothing is known of them but what its SQL says. */
function toSnapshotRoles(
  { roles, databaseOwner }: SourceRoles,
  names: ReadonlyMap<string, string>,
  { knowsProduction = true }: CaptureOptions,
): Pick<SnapshotManifest, 'roles' | 'databaseOwner'> {
  if (!knowsProduction || databaseOwner === null) return {}
  return {
    roles: roles.map((role) => renameRole(role, names)),
    databaseOwner: names.get(databaseOwner) ?? databaseOwner,
  }
}

/** A condition on the rows of each table of a subset, keyed by table. The map is empty when all rows are captured. */
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

/** The schema, and where its sequences stood. */
interface FetchedSchema extends SchemaSql, Pick<SnapshotManifest, 'roles' | 'databaseOwner'> {
  readonly sequences: readonly SequencePosition[]
  /** Null where the source is not production's database but a restored dump. */
  readonly conditions: DatabaseConditions | null
}

/** Are the values of a column other ones than in the source? A table that is left empty has none. */
function isMasked(
  { tables }: Policy,
  { namespace, name, column }: { readonly namespace: string; readonly name: string; readonly column: string },
): boolean {
  const table = tables[toTableKey({ namespace, name })]
  if (table === undefined || table.empty || table.whole) return false
  return table.columns[column]?.rule.kind !== 'keep'
}

async function finish(
  sessions: SourceSessions,
  source: Source,
  policy: Policy,
  schema: FetchedSchema,
  incoming: Incoming,
  options: CaptureOptions,
  preconditions: readonly RecordedAnswer[] | undefined,
): Promise<Snapshot> {
  const { folder } = incoming
  await writeFile(join(folder, 'schema/pre-data.sql'), schema.preData)
  await writeFile(join(folder, 'schema/post-data.sql'), schema.postData)
  await writeFile(join(folder, 'policy.yaml'), options.policy.text)
  const made = toManifest(source, policy, schema, incoming, options)
  const manifest = preconditions === undefined ? made : { ...made, preconditions }
  let proven = manifest
  if (options.prove) {
    const leakProof = await options.prove({ folder, manifest, policy, source: readSource(sessions, source) })
    if (!leakProof.passed) {
      await incoming.remove()
      throw refused(options.name, leakProof)
    }
    proven = { ...manifest, leakProof }
  }
  options.signal?.throwIfAborted()
  if (!(await incoming.isOurs())) {
    const why = `another capture has begun to write to ${options.folder}, so this one is given up`
    throw captureFailed(options.source, why, 'Let only one capture write to a folder at a time.')
  }
  await incoming.close()
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
  schema: FetchedSchema,
  incoming: Incoming,
  options: CaptureOptions,
): SnapshotManifest {
  const byFile = (a: FinishedTable, b: FinishedTable) => (a.table.file < b.table.file ? -1 : 1)
  const finished = incoming.finished.toSorted(byFile)
  const tables: readonly SnapshotTable[] = finished.map(({ table }) => table)
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
    takenAt: incoming.takenAt,
    postgres: source.postgres,
    tables,
    ...(schema.roles && { roles: schema.roles }),
    ...(schema.databaseOwner !== undefined && { databaseOwner: schema.databaseOwner }),
    schema: schemaDigests,
    digest: toFolderDigest(sha256ByPath),
    sequences: schema.sequences,
    ...(schema.conditions && { conditions: schema.conditions }),
    sanitised: { method: `policy.yaml, which claims ${policy.claims}`, by: options.maker },
    policy: {
      sha256: policySha256,
      claims: policy.claims,
      lists: { invented: INVENTED_VERSION, zip3: ZIP3_VERSION },
      columns: finished.flatMap(({ applied }) => applied),
    },
  }
}
