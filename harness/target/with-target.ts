import pg from 'pg'
import { isConnectionLost } from '../ground/connection-lost.ts'
import { redact, redactUrl } from '../ground/redact.ts'
import { toMessage } from '../ground/to-message.ts'
import { endClient, openClient } from '../ground/with-client.ts'
import { HarnessError } from '../model/error.ts'

/** A session that cannot write, waits for nobody for long, and ends if we hang. */
const SESSION = [
  'default_transaction_read_only=on',
  'statement_timeout=20000',
  'lock_timeout=2000',
  'idle_in_transaction_session_timeout=60000',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** How a target is opened. */
interface TargetChoice {
  readonly url: string
  /** What `pg_stat_activity` shows: `phaseproof gate`. */
  readonly applicationName: string
}

/**
 * Runs `use` with a read-only session on a target; it is ended on every path.
 * @throws usage for what is no URL; database-refused where something refuses the read-only session; postgres-lost
 */
export async function withTarget<T>(
  choice: TargetChoice,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const url = toReadOnlyUrl(choice)
  const name = toTargetName(choice.url)
  const client = await openClient(url, { connectTimeoutMs: 10_000 }).catch((error: unknown) => {
    throw toOpenError(error, name)
  })
  try {
    return await use(client)
  } catch (error) {
    throw toReadError(error, name)
  } finally {
    await endClient(client)
  }
}

/** `host:port/database` of a connection string: what people call the target. */
export function toTargetName(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? hostname
  return `${host}:${searchParams.get('port') ?? (port || '5432')}${decodeURIComponent(pathname)}`
}

/** Options of the URL itself come first, because the last one of a setting counts, and the driver lets the URL win over all else. */
function toReadOnlyUrl({ url, applicationName }: TargetChoice): string {
  let changed: URL
  try {
    changed = new URL(url)
    if (!/^postgres(ql)?:$/.test(changed.protocol)) throw new Error('another scheme')
  } catch {
    const message = `The target ${redactUrl(url)} is no connection string of Postgres.`
    throw new HarnessError('usage', message, 'Give it as postgresql://user@host:5432/database.', {
      faults: [message],
    })
  }
  const given = changed.searchParams.get('options')
  changed.searchParams.set('options', `${given ? `${given} ` : ''}${SESSION}`)
  changed.searchParams.set('application_name', applicationName)
  return changed.href
}

function toOpenError(error: unknown, name: string): HarnessError {
  const cause = redact(toMessage(error))
  if (/unsupported startup parameter/i.test(cause)) {
    const reason = 'a pooler stands before it, which refuses the settings of a read-only session'
    return new HarnessError(
      'database-refused',
      `Opening the target ${name}: ${reason}.`,
      'Name the server itself instead of its pooler.',
      { database: name, reason },
    )
  }
  return new HarnessError(
    'postgres-lost',
    `Opening the target ${name}: ${cause}`,
    'Nothing was decided. Look at host, port, role and network, then ask again.',
    { provider: 'target', cause },
    { cause: error },
  )
}

/** Of what Postgres refuses only the SQLSTATE is told, unless it is about rights: other messages may quote a row. */
function toReadError(error: unknown, name: string): unknown {
  if (error instanceof HarnessError) return error
  const sqlstate = error instanceof pg.DatabaseError ? (error.code ?? null) : null
  if (isConnectionLost(error) || sqlstate === null) {
    if (!isConnectionLost(error)) return error
    const cause = `the connection broke (${redact(toMessage(error))})`
    const remedy =
      'The target vanished before everything was read, so nothing was decided. Ask again once it is there.'
    return toLost(name, cause, remedy, error)
  }
  const isRight = sqlstate === '42501'
  const cause = `Postgres refused with ${sqlstate}${isRight ? ` (${toMessage(error)})` : ''}`
  const isLate = sqlstate === '55P03' || sqlstate === '57014'
  const remedy = isLate
    ? 'Somebody holds a lock, or it took too long, so nothing was decided. Ask again.'
    : 'Nothing was decided. Give the role what it needs to read (pg_read_all_data, pg_read_all_stats), then ask again.'
  return toLost(name, cause, remedy, error)
}

function toLost(name: string, cause: string, remedy: string, error: unknown): HarnessError {
  const message = `Reading the target ${name}: ${cause}.`
  return new HarnessError('postgres-lost', message, remedy, { provider: 'target', cause }, { cause: error })
}
