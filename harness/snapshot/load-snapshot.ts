import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { atOnce } from '../ground/at-once.ts'
import { toSha256 } from '../ground/file-digest.ts'
import { quoteTable } from '../ground/quote.ts'
import { withClient } from '../ground/with-client.ts'
import type { Progress } from '../model/ports.ts'
import type { Snapshot, SnapshotTable } from '../model/snapshot.ts'
import { copyTable } from './copy-table.ts'
import { toLoadError } from './load-failed.ts'
import { listSetSequences, placeSequences } from './place-sequences.ts'
import { type PostStatement, planPostData } from './plan-post-data.ts'
import { toRowCounter } from './row-counter.ts'
import { fetchKeys, type KeyedTable } from './scale/fetch-keys.ts'
import { multiplyRows } from './scale/multiply-rows.ts'
import { toScaleError } from './scale/scale-refused.ts'
import type { ScaledRows } from './scale/to-scaled-rows.ts'
import { snapshotInvalid } from './snapshot-invalid.ts'

/** How a snapshot is loaded. */
interface LoadOptions {
  readonly progress: Progress
  /** Tables loaded or indexed at once, each on its own connection. Default 4. */
  readonly jobs?: number
  /** Tables whose rows are multiplied, before keys are made. */
  readonly scale?: ScaledRows
}

/**
 * Loads a verified snapshot into an empty database: tables, rows, constraints and indexes, sequences, ANALYZE. It is
 * not one transaction: after an error the **caller drops the database**. Every connection is closed on every path.
 * @throws snapshot-invalid, snapshot-load-failed, scale-refused, postgres-lost
 */
export async function loadSnapshot(
  snapshot: Snapshot,
  connectionString: string,
  { progress, jobs = 4, scale = {} }: LoadOptions,
): Promise<void> {
  // What is sent is hashed again on the way, so what was loaded is what the manifest describes. Rows are multiplied
  // before there are constraints, so that Postgres checks the copies against all of them.
  const { name, tables } = snapshot.manifest
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  progress.step(`snapshot ${name}: ${tables.length} tables, ${rows.toLocaleString('en-US')} rows`)

  await inSession(snapshot, connectionString, 'schema/pre-data.sql', (client) =>
    runFile(snapshot, client, 'schema/pre-data.sql'),
  )
  const isScaled = Object.keys(scale).length > 0
  const keyed = isScaled ? await foreseeKeys(snapshot, connectionString) : []
  await copyTables(snapshot, connectionString, jobs, toRowCounter(progress, `rows of ${name}`, rows))
  if (isScaled) {
    await inSession(snapshot, connectionString, 'the copies of rows', (client) =>
      multiplyRows(client, keyed, scale, { snapshot: name, progress }),
    )
  }
  progress.step(`snapshot ${name}: constraints, indexes, statistics`)
  await inSession(snapshot, connectionString, 'schema/post-data.sql', async (client) => {
    await runPostData(snapshot, connectionString, jobs, client).catch((error: unknown) => {
      throw isScaled ? toScaleError(error, name) : error
    })
    const { sequences: positions } = snapshot.manifest
    await placeSequences(client, { positions, set: await readSetSequences(snapshot), isScaled })
    if (tables.length > 0) await client.query(`ANALYZE ${tables.map(quoteTable).join(', ')}`)
  })
}

/** Reads which sequences a snapshot's SQL sets itself, `namespace.name`. */
export async function readSetSequences(snapshot: Snapshot): Promise<ReadonlySet<string>> {
  const files = ['schema/pre-data.sql', 'schema/post-data.sql'] as const
  return listSetSequences((await Promise.all(files.map((file) => readSql(snapshot, file)))).join('\n'))
}

/** Learns the keys that the tables will have: they are made while the tables are empty, read, and removed again. */
async function foreseeKeys(snapshot: Snapshot, connectionString: string): Promise<readonly KeyedTable[]> {
  const file = 'schema/post-data.sql'
  return inSession(snapshot, connectionString, file, async (client) => {
    await client.query('BEGIN')
    await runFile(snapshot, client, file)
    const keyed = await fetchKeys(client)
    await client.query('ROLLBACK')
    return keyed
  })
}

async function copyTables(
  snapshot: Snapshot,
  connectionString: string,
  jobs: number,
  addRows: (rows: number) => void,
): Promise<void> {
  // The largest first, so that the last connection at work is not left alone with it.
  const queue = snapshot.manifest.tables.toSorted((a, b) => b.sizeBytes - a.sizeBytes)
  const stop = new AbortController()
  const lane = async (): Promise<void> => {
    const first = queue.shift()
    if (!first) return
    await inSession(snapshot, connectionString, first.file, async (client) => {
      for (let table: SnapshotTable | undefined = first; table; table = queue.shift()) {
        stop.signal.throwIfAborted()
        await copyTable(snapshot, table, client, { addRows, signal: stop.signal })
      }
    })
  }
  // The first failure is the reason; what the other lanes say when they are stopped is its echo.
  const lanes = Array.from({ length: jobs }, () => lane().catch((error) => stop.abort(error)))
  await Promise.all(lanes)
  if (stop.signal.aborted) throw stop.signal.reason
}

/** Size from which building indexes side by side saves more than its connections cost. */
const LARGE_BYTES = 8_000_000

async function runPostData(
  snapshot: Snapshot,
  connectionString: string,
  jobs: number,
  client: pg.Client,
): Promise<void> {
  const file = 'schema/post-data.sql'
  const sizeBytes = snapshot.manifest.tables.reduce((sum, table) => sum + table.sizeBytes, 0)
  if (sizeBytes < LARGE_BYTES || jobs < 2) return runFile(snapshot, client, file)
  const preData = await readSql(snapshot, 'schema/pre-data.sql')
  // An index on a partitioned table locks its partitions too, whose own indexes would then wait for each other.
  if (/\bPARTITION\b/i.test(preData)) return runFile(snapshot, client, file)
  for (const lanes of planPostData(await readSql(snapshot, file))) {
    if (lanes.length === 1) await runStatements(snapshot, client, file, lanes[0] as readonly PostStatement[])
    else {
      await atOnce(jobs, lanes, (lane) =>
        inSession(snapshot, connectionString, file, (other) => runStatements(snapshot, other, file, lane)),
      )
    }
  }
}

async function runStatements(
  snapshot: Snapshot,
  client: pg.Client,
  file: 'schema/post-data.sql',
  statements: readonly PostStatement[],
): Promise<void> {
  for (const { sql, line } of statements) {
    try {
      await client.query(sql)
    } catch (error) {
      throw toLoadError(error, { ...toPlace(snapshot), file, sql, line })
    }
  }
}

async function runFile(
  snapshot: Snapshot,
  client: pg.Client,
  file: 'schema/pre-data.sql' | 'schema/post-data.sql',
): Promise<void> {
  const sql = await readSql(snapshot, file)
  try {
    await client.query(sql)
  } catch (error) {
    throw toLoadError(error, { ...toPlace(snapshot), file, sql })
  }
}

async function readSql(
  snapshot: Snapshot,
  file: 'schema/pre-data.sql' | 'schema/post-data.sql',
): Promise<string> {
  const sql = await readFile(join(snapshot.folder, file), 'utf8')
  const expected = snapshot.manifest.schema[file]
  if (toSha256(sql) !== expected) {
    const fault = { file, expected: `SHA-256 ${expected}`, found: `SHA-256 ${toSha256(sql)}` }
    throw snapshotInvalid(snapshot.manifest.name, [fault])
  }
  return sql
}

/**
 * Settings under which a dump means what it meant where it was written, whatever the role's defaults are. Source: the
 * settings at the head of pg_dump's output.
 */
const SESSION = `
  SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
  SET standard_conforming_strings = on; SET check_function_bodies = false; SET xmloption = content;
  SET client_min_messages = warning; SET row_security = off; SET synchronous_commit = off;
  SET DateStyle = 'ISO, MDY'; SET IntervalStyle = postgres; SET TimeZone = 'UTC';
`

/** The snapshot as errors name it. */
function toPlace({ manifest }: Snapshot) {
  return { snapshot: manifest.name, major: manifest.postgres.major }
}

/** Runs `body` in such a session; what goes wrong is told with the file that was being loaded. */
async function inSession<T>(
  snapshot: Snapshot,
  connectionString: string,
  file: string,
  body: (client: pg.Client) => Promise<T>,
): Promise<T> {
  try {
    return await withClient(connectionString, async (client) => {
      await client.query(SESSION)
      return body(client)
    })
  } catch (error) {
    throw toLoadError(error, { ...toPlace(snapshot), file })
  }
}
