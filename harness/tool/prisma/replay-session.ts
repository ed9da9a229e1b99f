import { type PrismaPg as Factory, PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import { HarnessError } from '../../model/error.ts'
import { isDatabaseError } from './send-script.ts'

/** The adapter that Prisma's engine talks to. */
export type PrismaAdapter = Awaited<ReturnType<Factory['connect']>>

/** One database session that Prisma's engine and its scripts share, as in a deploy. */
export interface ReplaySession {
  readonly client: pg.Client
  readonly adapter: PrismaAdapter
  /** The first error by which the connection broke or the server failed: then nothing that the engine says is a verdict. */
  lost(): Error | null
  /** Notes such an error that a caller met. */
  markLost(error: Error): void
  /** The last query of the engine itself that Postgres refused. */
  refusal(): pg.DatabaseError | null
}

/** The database of a session. */
export interface SessionPlace {
  readonly connectionString: string
  /** Namespace in which unqualified names are looked up, made when it is missing; left out: `public`. */
  readonly namespace?: string | undefined
}

const APPLICATION_NAME = 'phaseproof-replay'

/** Time until an attempt to connect is given up. */
const CONNECT_TIMEOUT_MS = 10_000

/**
 * Opens one session, runs `use` and ends the session on every path, also when it still waits for a lock.
 * @throws postgres-lost when Postgres can't be reached or the connection breaks.
 */
export async function withReplaySession<T>(
  { connectionString, namespace }: SessionPlace,
  use: (session: ReplaySession) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString,
    application_name: APPLICATION_NAME,
    // Given here, so that PGOPTIONS of whoever runs this has no say in it.
    options: toOptions(namespace),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  let broken: Error | null = null
  const markLost = (error: Error) => {
    broken ??= error
  }
  client.on('error', markLost)
  try {
    await client.connect()
  } catch (error) {
    throw toLostError(connectionString, 'connect for a replay', error)
  }
  try {
    if (namespace !== undefined) await ensureNamespace(client, namespace)
    let refused: pg.DatabaseError | null = null
    const adapter = await toAdapter(client, namespace, (error) => {
      refused = error
    })
    const result = await use({ client, adapter, lost: () => broken, markLost, refusal: () => refused })
    if (broken !== null) throw broken
    return result
  } catch (error) {
    if (broken !== null && !(error instanceof HarnessError)) {
      throw toLostError(connectionString, 'replay migrations', broken)
    }
    throw error
  } finally {
    await endSession(client, connectionString)
  }
}

/**
 * Prisma's adapter on our client. Its pool would replace the connection after any failing query, and with it lose the advisory lock,
 * the settings of the session and an open transaction, all of which a deploy has to live with.
 */
async function toAdapter(
  client: pg.Client,
  schema: string | undefined,
  onRefusal: (error: pg.DatabaseError) => void,
): Promise<PrismaAdapter> {
  const adapter = await new PrismaPg({ max: 1 }, schema === undefined ? {} : { schema }).connect()
  const pool = adapter.underlyingDriver()
  const query = async (config: pg.QueryConfig, values?: unknown[]) => {
    try {
      return await client.query(config, values)
    } catch (error) {
      if (isDatabaseError(error)) onRefusal(error)
      throw error
    }
  }
  pool.query = query as typeof pool.query
  return adapter
}

/** Asks first: whoever may not create namespaces may still work in one that is there. */
async function ensureNamespace(client: pg.Client, namespace: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1', [
    namespace,
  ])
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${quoteName(namespace)}`)
}

/** Options of the session's start, where a space within a value stands behind a backslash. */
function toOptions(namespace: string | undefined): string {
  const name = `-c application_name=${APPLICATION_NAME}`
  if (namespace === undefined) return name
  return `${name} -c search_path=${quoteName(namespace).replaceAll(/[\\ ]/g, '\\$&')}`
}

async function endSession(client: pg.Client, connectionString: string): Promise<void> {
  // A session that waits for a lock doesn't notice that its client left: it would get the lock later and keep it.
  const { _activeQuery, processID } = client as unknown as { _activeQuery?: unknown; processID?: number }
  if (_activeQuery && processID !== undefined) await terminateSession(connectionString, processID)
  await client.end().catch(() => {})
}

async function terminateSession(connectionString: string, processId: number): Promise<void> {
  const killer = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  killer.on('error', () => {})
  try {
    await killer.connect()
    await killer.query('SELECT pg_terminate_backend($1, 5000)', [processId])
  } catch {
    // The server is gone, and the session with it.
  } finally {
    await killer.end().catch(() => {})
  }
}

/** The error for a Postgres that can't be reached or went away; names the server, never the password. */
function toLostError(connectionString: string, attempted: string, error: unknown): HarnessError {
  const provider = toServerName(connectionString)
  const code = isDatabaseError(error) || (error instanceof Error && 'code' in error) ? ` (${error.code})` : ''
  const cause = `${error instanceof Error ? error.message || error.name : String(error)}${code}`
  return new HarnessError(
    'postgres-lost',
    `Tried to ${attempted} on ${provider}: ${cause}.`,
    'Look whether the server still runs and has room on its disk, then run again.',
    { provider, cause },
    { cause: error },
  )
}

function toServerName(connectionString: string): string {
  try {
    const { hostname, port, pathname } = new URL(connectionString)
    return `${hostname || 'local socket'}${port && `:${port}`}${pathname}`
  } catch {
    return 'the given server'
  }
}
