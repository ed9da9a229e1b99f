import type pg from 'pg'
import { quoteTable, quoteText } from '../../ground/quote.ts'
import { endClient, openClient } from '../../ground/with-client.ts'
import { toCaptureError } from '../capture-failed.ts'

/** How a source is read. */
interface SessionOptions {
  readonly url: string
  /** Longest single statement; 0 for no limit. */
  readonly statementTimeoutMs: number
  /** Longest wait for a lock that somebody else holds. */
  readonly lockTimeoutMs: number
}

/** Sessions on a source that all see the same moment, in transactions that cannot write. */
export interface SourceSessions {
  /** The session that exported the moment; it stays open until `close`. */
  readonly first: pg.Client
  /** Another session at the same moment. */
  open(): Promise<pg.Client>
  /** Name of the exported snapshot, for pg_dump. */
  readonly exported: string
  /** The moment as far as it can be compared with another: the cluster and its running transactions. */
  readonly moment: string
  /** Ends all sessions and cancels their running statements. */
  close(): Promise<void>
}

/**
 * Locks tables so that nobody empties or alters them until the capture is over. Readers and writers are not blocked.
 * @throws capture-failed naming the table whose lock somebody else holds
 */
export async function lockTables(
  { first }: SourceSessions,
  tables: readonly { readonly namespace: string; readonly name: string }[],
  source: string,
): Promise<void> {
  // A TRUNCATE shows even in a moment that was before it, so the exported snapshot alone does not protect the rows.
  for (const table of tables) {
    await first.query(`LOCK TABLE ${quoteTable(table)} IN ACCESS SHARE MODE`).catch((error: unknown) => {
      throw toCaptureError(error, source, `${table.namespace}.${table.name}`)
    })
  }
}

/** Text formats that do not depend on settings of the role or the database. */
const SETTINGS = `
  SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = postgres; SET TimeZone = 'UTC';
  SET extra_float_digits = 1; SET bytea_output = hex; SET xmloption = content; SET lc_monetary = 'C';
  SET row_security = off; SET search_path = ''; SET idle_in_transaction_session_timeout = 0;`

/**
 * Opens a REPEATABLE READ READ ONLY transaction and exports its snapshot. It never blocks production, but VACUUM
 * keeps the rows it can see while it is open.
 * @throws capture-failed
 */
export async function openSource(options: SessionOptions, source: string): Promise<SourceSessions> {
  const clients: pg.Client[] = []
  const close = async () => {
    await Promise.all(clients.splice(0).map(endClient))
  }
  const connect = async (moment?: string): Promise<pg.Client> => {
    const client = await openClient(options.url, { applicationName: 'phaseproof snapshot' })
    clients.push(client)
    await client.query(SETTINGS)
    await client.query(
      `SET statement_timeout = ${Math.round(options.statementTimeoutMs)}; SET lock_timeout = ${Math.round(options.lockTimeoutMs)}`,
    )
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    if (moment !== undefined) await client.query(`SET TRANSACTION SNAPSHOT ${quoteText(moment)}`)
    return client
  }
  try {
    const first = await connect()
    const { rows } = await first.query<{ exported: string; moment: string }>(
      `SELECT pg_catalog.pg_export_snapshot() AS exported,
              (SELECT system_identifier FROM pg_catalog.pg_control_system()) || ' ' || pg_catalog.current_database() || ' '
              || pg_catalog.pg_current_snapshot() AS moment`,
    )
    const [{ exported, moment }] = rows as [{ exported: string; moment: string }]
    return { first, open: () => connect(exported), exported, moment, close }
  } catch (error) {
    await close()
    throw toCaptureError(error, source)
  }
}
