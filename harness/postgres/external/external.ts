import type pg from 'pg'
import { parseOwner, toOwner } from '../../ground/owner.ts'
import { readLiveness, readOwnIdentity } from '../../ground/process-identity.ts'
import { quoteName, quoteText } from '../../ground/quote.ts'
import { redact, redactUrl } from '../../ground/redact.ts'
import { sqlstates } from '../../ground/sqlstate.ts'
import { toMessage } from '../../ground/to-message.ts'
import { withClient } from '../../ground/with-client.ts'
import { HarnessError } from '../../model/error.ts'
import type { Progress, RunningPostgres } from '../../model/ports.ts'
import { dropIdleRoles } from '../cluster/drop-idle-roles.ts'
import { openDatabases } from '../databases.ts'
import { fetchMarked } from '../fetch-server.ts'
import { commentPrefix, refused } from '../guard.ts'
import type { ProviderOptions } from '../provider.ts'
import { unavailable } from '../unavailable.ts'
import { external } from './provider.ts'

/** Prefix of the database name in a URL. */
const entryPrefix = 'phaseproof'

/** The comment by which a person dedicates a database to the harness. */
const entryComment = `${commentPrefix}external`

const connectTimeoutMs = 10_000

/**
 * Uses somebody else's server through a database that was made for the harness: its name begins with `phaseproof` and
 * its comment is ours. It drops databases of dead runs first and its own at the end.
 * @throws database-refused, postgres-unavailable
 */
export async function startExternal(url: string, options: ProviderOptions): Promise<RunningPostgres> {
  const entry = assertEntryName(url)
  const owner = toOwner(readOwnIdentity())
  await assertEntryMark(url, entry)
  const { close, ...databases } = await openDatabases({
    provider: 'external',
    description: `Postgres at ${redactUrl(url)}`,
    persistent: false,
    url,
    owner,
  })
  const dropOwn = async () => {
    for (const { name } of await databases.listDatabases()) await databases.dropDatabase(name)
  }
  try {
    await sweepDeadRuns(url, options.progress)
  } catch (error) {
    await close()
    throw error
  }
  let stopped: Promise<void> | undefined
  const stop = async () => {
    try {
      await dropOwn()
      await dropIdleRoles(url)
    } catch (error) {
      // A run's own end must not hide how it ended; the next run on this host sweeps what is left.
      options.progress.step(`could not drop this run's databases and roles: ${redact(String(error))}`)
    } finally {
      await close()
    }
  }
  return { ...databases, stop: () => (stopped ??= stop()) }
}

/**
 * The database named in a URL, if the harness may use a database of that name.
 * @throws database-refused
 */
export function assertEntryName(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined) throw refusedEntry('(none)', 'the connection string is not a URL')
  const name = parsed.pathname.slice(1)
  if (!/^postgres(ql)?:$/.test(parsed.protocol)) throw refusedEntry(name, 'the URL is not one of Postgres')
  if (!/^[\w-]*$/.test(name)) throw refusedEntry(name, 'its name holds more than letters, digits, - and _')
  if (!name.startsWith(entryPrefix)) throw refusedEntry(name, `its name does not begin with ${entryPrefix}`)
  return name
}

async function assertEntryMark(url: string, entry: string): Promise<void> {
  const comment = await askEntry(url, entry, async (client) => {
    const { rows } = await client.query<{ name: string; comment: string | null }>(
      `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment
         FROM pg_database WHERE datname = current_database()`,
    )
    return rows[0]?.name === entry ? rows[0].comment : null
  })
  if (comment !== entryComment)
    throw refusedEntry(entry, 'its comment does not say that it was made for the harness')
}

/**
 * Drops what dead runs of this host left. Databases of other hosts stay, because nobody here can tell whether their
 * runs are dead.
 */
async function sweepDeadRuns(url: string, progress: Progress): Promise<void> {
  const marked = await askEntry(url, '', (client) => fetchMarked(client, null))
  const dead = marked.filter(({ owner }) => {
    const identity = parseOwner(owner)
    return identity !== undefined && readLiveness(identity) === 'gone'
  })
  if (dead.length === 0) return
  progress.step(`dropping ${dead.length} databases that a killed run left behind`)
  for (const owner of new Set(dead.map((database) => database.owner))) {
    const asOwner = await openDatabases({
      provider: 'external',
      description: '',
      persistent: false,
      url,
      owner,
    })
    try {
      for (const database of dead) if (database.owner === owner) await asOwner.dropDatabase(database.name)
    } finally {
      await asOwner.close()
    }
  }
}

async function askEntry<T>(url: string, entry: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  try {
    return await withClient(url, use, { connectTimeoutMs })
  } catch (error) {
    if (error instanceof HarnessError) throw error
    if ((error as { code?: unknown }).code === sqlstates.databaseMissing)
      throw refusedEntry(entry, 'it does not exist')
    throw unavailable(
      'external',
      `reach Postgres at ${redactUrl(url)}`,
      redact(toMessage(error)),
      external.remedy,
    )
  }
}

function refusedEntry(database: string, reason: string): HarnessError<'database-refused'> {
  const name = database.startsWith(entryPrefix) ? database : entryPrefix
  return refused(
    database,
    reason,
    `Make one on purpose and name it in the URL: CREATE DATABASE ${quoteName(name)}; COMMENT ON DATABASE ${quoteName(name)} IS ${quoteText(entryComment)};`,
  )
}
