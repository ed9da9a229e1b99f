import { basename } from 'node:path'
import { readDumpFormat } from '../capture/dump/open-dump.ts'
import type { Restored } from '../capture/dump/restore-script.ts'
import { redact, redactUrl } from '../ground/redact.ts'
import { exists } from '../ground/swap-in.ts'
import { toMessage } from '../ground/to-message.ts'
import { fetchContent } from '../inspect/content/fetch-content.ts'
import { observeContent } from '../inspect/content/observe-content.ts'
import { type DatabaseState, inspectDatabase } from '../inspect/inspect-database.ts'
import { withDatabase } from '../inspect/with-database.ts'
import { stateDifferences } from '../judge/rehearsal/state-differences.ts'
import type { TableChange, TableContent } from '../model/content.ts'
import { HarnessError } from '../model/error.ts'
import type { PostgresChoice, Progress } from '../model/ports.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { historyTables } from '../tool/tools.ts'
import { type DumpRoom, restoreDump, withDumpRoom } from './restore-dump.ts'
import { listSnapshotRoles } from './snapshot-roles.ts'
import { withScratchDatabase } from './with-scratch-database.ts'

/** A backup, and what it claims to be of: a database, which is only read, a snapshot's folder, or nothing. */
interface BackupRequest {
  readonly dump: string
  readonly url?: string
  readonly snapshot?: string
  readonly postgres: PostgresChoice
  readonly progress: Progress
  readonly signal?: AbortSignal
}

/** What a backup is worth. */
export interface BackupVerdict {
  readonly dump: string
  readonly format: string
  /** Version of the server that was dumped, where the dump says so. */
  readonly version: string | null
  readonly tables: number
  readonly rows: number
  /** What it was compared with, without password; null: with nothing. */
  readonly comparedWith: string | null
  /** Why it cannot be relied on, in sentences; none holds a value of a row. */
  readonly faults: readonly string[]
  readonly limits: readonly string[]
}

/** What the restored database is held against. */
interface Claim {
  readonly name: string
  readonly state: DatabaseState
  /** How the rows differ; null where only their number can be compared. */
  readonly changes: readonly TableChange[] | null
  /** How the rows of the history differ, where only they can be compared. */
  readonly historyChanges: readonly TableChange[]
  readonly missingRoles: readonly string[]
  readonly limits: readonly string[]
}

/** The history is compared as any other table is. */
const noTool = { historyTable: '', fetchHistory: async () => [], fetchOtherHistories: async () => [] }

/**
 * Restores a dump into a database that is thrown away and compares it with what it claims to be. A dump that cannot be restored is a verdict.
 * @throws usage, capture-failed, server-lacks, postgres-unavailable, snapshot-invalid
 */
export async function verifyBackup(request: BackupRequest): Promise<BackupVerdict> {
  const { dump, progress } = request
  await assertThere(request)
  const format = await readDumpFormat(dump)
  return withDumpRoom({ ...request, what: `verification of ${basename(dump)}` }, async (room) => {
    const ends = { head: '', tail: '' }
    const restored = await restoreWhole(room, dump, ends)
    const version = /^-- Dumped from database version (\S+)/m.exec(ends.head)?.[1] ?? null
    const about = { dump: basename(dump), format, version }
    if (typeof restored === 'string') {
      return { ...about, tables: 0, rows: 0, comparedWith: null, faults: [restored], limits: [] }
    }
    progress.step(`${about.dump}: ${restored.rows.toLocaleString('en-US')} rows restored`)
    const found = await inspectDatabase(room.url, noTool)
    const claim = await fetchClaim(request, room)
    const isCut = /PostgreSQL database dump/.test(ends.head) && !/database dump complete/.test(ends.tail)
    return {
      ...about,
      tables: found.schema.tables.length,
      rows: restored.rows,
      comparedWith: claim?.name ?? null,
      faults: [
        ...(isCut ? ['It ends without the line that pg_dump writes last: it is cut off.'] : []),
        ...(claim ? listFaults(claim, found) : []),
      ],
      limits: claim ? claim.limits : ['It was compared with nothing: name --url or --snapshot.'],
    }
  })
}

async function assertThere({ dump, url, snapshot }: BackupRequest): Promise<void> {
  const faults = [
    ...((await exists(dump)) ? [] : [`There is no file or folder ${dump}.`]),
    ...(url !== undefined && snapshot !== undefined ? ['Both --url and --snapshot are named.'] : []),
  ]
  const [message] = faults
  if (message !== undefined)
    throw new HarnessError('usage', message, 'Name one dump, and what it claims to be of.', { faults })
}

/** Restores a dump; a sentence where it is no whole backup. */
async function restoreWhole(
  room: DumpRoom,
  dump: string,
  ends: { head: string; tail: string },
): Promise<Restored | string> {
  async function* watch(script: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of script) {
      if (ends.head.length < 4096) ends.head += chunk.subarray(0, 4096).toString('utf8')
      ends.tail = (ends.tail + chunk.subarray(-1024).toString('utf8')).slice(-1024)
      yield chunk
    }
  }
  try {
    return await restoreDump(room, dump, watch)
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'capture-failed') throw error
    const { reason } = error.context as { reason: string }
    const major = Number.parseInt(/^-- Dumped from database version (\d+)/m.exec(ends.head)?.[1] ?? '0', 10)
    if (major > room.server.version.major) {
      throw new HarnessError(
        'capture-failed',
        `Restoring ${basename(dump)}: it is of PostgreSQL ${major}, and the server at hand is ${room.server.description}: ${reason}.`,
        `Take a server of that version: --postgres, or PHASEPROOF_POSTGRES_IMAGE=postgres:${major}-alpine.`,
        { source: basename(dump), reason },
      )
    }
    // Without a program that knows the format nobody can tell.
    if (
      /no pg_restore could read it/.test(reason) &&
      !/end of file|corrupt|truncated|pg_restore [\d.]+: .*could not read/.test(reason)
    )
      throw error
    return `It cannot be restored: ${reason}.`
  }
}

async function fetchClaim(
  { url, snapshot, progress, signal }: BackupRequest,
  room: DumpRoom,
): Promise<Claim | null> {
  if (snapshot !== undefined) return claimOfSnapshot(snapshot, room, progress, signal)
  if (url === undefined) return null
  const name = redactUrl(url)
  try {
    return await claimOfDatabase(url, name, room)
  } catch (error) {
    if (error instanceof HarnessError) throw error
    const reason = redact(toMessage(error))
    throw new HarnessError(
      'capture-failed',
      `Comparing with ${name}: ${reason}.`,
      'Use a role that may read all tables: GRANT pg_read_all_data, and BYPASSRLS where row security is on.',
      { source: name, reason },
    )
  }
}

async function claimOfDatabase(url: string, name: string, room: DumpRoom): Promise<Claim> {
  const readOnly = toReadOnly(url)
  const tables = await fetchContent(readOnly, noTool.historyTable, null)
  const { changes } = await observeContent(room.url, noTool.historyTable, {
    tables: tables.map(asMadeAnew),
    open: (use) => use(readOnly),
  })
  const named = room.cluster.rolesOf(await room.cluster.read(null)).map((role) => role.name)
  const { missing, is } = await withDatabase(readOnly, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM unnest($1::text[]) AS name EXCEPT SELECT rolname::text FROM pg_catalog.pg_roles ORDER BY 1',
      [named],
    )
    const asked = await client.query<{ server_version: string }>('SHOW server_version')
    return { missing: rows.map((row) => row.name), is: asked.rows[0]?.server_version ?? '' }
  })
  const { version: own, description } = room.server
  const isOther = Number.parseInt(is, 10) !== own.major
  return {
    name,
    state: await inspectDatabase(readOnly, noTool),
    changes,
    historyChanges: [],
    missingRoles: missing,
    limits: [
      'The database was read table by table while it went on: what was written since the dump counts as a difference.',
      ...(isOther
        ? [
            `The database runs on PostgreSQL ${is}, the dump was restored on ${description}: what the two print in other words, such as a view, counts as a difference. --postgres takes a server of the same version.`,
          ]
        : []),
    ],
  }
}

/** A snapshot is loaded beside the dump. Of its rows, those of the history are as they were; of the others only the number is known. */
async function claimOfSnapshot(
  folder: string,
  { url, server, cluster }: DumpRoom,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<Claim> {
  const snapshot = await readSnapshot(folder)
  const { name, takenAt, tables } = snapshot.manifest
  const there = new Set(cluster.rolesOf(await cluster.read(null)).map((role) => role.name))
  await cluster.makeRoles((await listSnapshotRoles(snapshot)).filter((role) => !there.has(role.name)))
  const counts = tables.map(({ namespace, name: table, rows, sourceRows = rows }) => [
    `${namespace}.${table}`,
    sourceRows,
  ])
  return withScratchDatabase(
    server,
    `snapshot ${name}`,
    async (own) => {
      await loadSnapshot(snapshot, own, { progress })
      const state = await inspectDatabase(own, noTool)
      const content = await fetchContent(own, noTool.historyTable, null)
      const isHistory = (table: TableContent) => historyTables.includes(table.name)
      const { changes } = await observeContent(url, noTool.historyTable, {
        tables: content.filter(isHistory).map(asMadeAnew),
        open: (use) => use(own),
      })
      const rowCounts = { ...state.rowCounts, ...Object.fromEntries(counts) }
      return {
        name: `snapshot ${name} of ${takenAt}`,
        state: { ...state, rowCounts },
        changes: null,
        missingRoles: [],
        limits: [
          'The values of a snapshot are masked: of its rows only the number was compared, and the history row by row.',
        ],
        historyChanges: changes,
      }
    },
    signal,
  )
}

/** What is made anew has no identity of before: names tell what is what. */
function asMadeAnew(table: TableContent): TableContent {
  return { ...table, oid: `claimed ${table.oid}` }
}

/** The connection string by which no session can write. */
function toReadOnly(url: string): string {
  const changed = new URL(url)
  const given = changed.searchParams.get('options')
  changed.searchParams.set('options', `${given ? `${given} ` : ''}-c default_transaction_read_only=on`)
  return changed.toString()
}

const total = ({ rowCounts }: DatabaseState) => Object.values(rowCounts).reduce((sum, rows) => sum + rows, 0)

function listFaults(claim: Claim, found: DatabaseState): string[] {
  const { state, changes, missingRoles, historyChanges } = claim
  const names = (one: DatabaseState) => Object.keys(one.rowCounts)
  const shared = names(found).filter((name) => names(state).includes(name))
  if (names(found).length > 0 && names(state).length > 0 && shared.length === 0)
    return [
      `It is the dump of another database: none of its ${names(found).length} tables is in ${claim.name}.`,
    ]
  return [
    ...(total(found) === 0 && total(state) > 0
      ? ['It holds no rows: it was made with --schema-only, or of an empty copy.']
      : []),
    ...missingRoles.map((role) => `role ${role}: the dump names it, and the server has none of that name`),
    ...stateDifferences(withoutPlace(state), withoutPlace(found), changes),
    ...stateDifferences(state, state, historyChanges),
  ]
}

/** Without what a dump of one database never holds: its owner and settings. */
function withoutPlace(state: DatabaseState): DatabaseState {
  const objects = state.schema.objects.filter(({ kind }) => !['database', 'not modelled'].includes(kind))
  return { ...state, schema: { ...state.schema, objects } }
}
