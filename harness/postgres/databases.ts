import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { quoteName, quoteText } from '../ground/quote.ts'
import type { NewDatabase, OwnedDatabase, PostgresServer, ServerAddress } from '../model/ports.ts'
import { holdCluster, ownSession } from './cluster/hold-cluster.ts'
import { toRolePassword } from './cluster/role-password.ts'
import { askServer } from './connection-lost.ts'
import { copyRights } from './copy-rights.ts'
import { firstThatFits, toLocaleOptions } from './database-locale.ts'
import { copySettings } from './database-settings.ts'
import { fetchConditionsOf, fetchMarked, fetchVersion } from './fetch-server.ts'
import { assertOurName, birthLimit, fetchOwned, refused, toComment } from './guard.ts'
import { fitsInMemory, readFreeMemory } from './memory-space.ts'

/** The database operations of a server, with a method that ends their connections. */
export interface OpenServer extends PostgresServer {
  readonly address: ServerAddress
  close(): Promise<void>
}

const sessionEndTimeoutMs = 5_000
const closeTimeoutMs = 5_000
const poolSize = 4

/**
 * A client that limits the time of connecting only. The pool's own limit would also hit the last of a hundred copies
 * that wait for their turn.
 */
class PunctualClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: 15_000 })
  }
}

/**
 * Connects to the maintenance database and offers the port's operations over a small pool.
 * @throws postgres-lost when the server does not answer
 */
export async function openDatabases(address: ServerAddress): Promise<OpenServer> {
  const pool = new pg.Pool({
    connectionString: address.url,
    max: poolSize,
    Client: PunctualClient,
    allowExitOnIdle: true,
    application_name: 'phaseproof',
    options: ownSession,
  })
  // An idle client whose server goes away reports it here; the next query reports it to the caller.
  pool.on('error', () => {})
  const ask = <T>(attempted: string, work: () => Promise<T>) => askServer(address.provider, attempted, work)
  const owned = (name: string) => fetchOwned(pool, name, address.owner)

  async function mustBeOwned(name: string) {
    const row = await owned(name)
    if (row !== undefined) return row
    throw refused(
      name,
      'there is no such database',
      'Look at the databases that exist and take one of those.',
    )
  }

  async function endSessions(name: string): Promise<void> {
    await pool.query('SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity WHERE datname = $1', [
      name,
      sessionEndTimeoutMs,
    ])
  }

  const sizes = new Map<string, number>()
  /** Size in bytes of a sealed database, which does not change. */
  async function fetchSize(name: string): Promise<number> {
    const known = sizes.get(name)
    if (known !== undefined) return known
    const { rows } = await pool.query<{ size: string }>('SELECT pg_database_size($1) AS size', [name])
    const size = Number(rows[0]?.size)
    sizes.set(name, size)
    return size
  }

  /** The tablespaces to make a database in, the second if the first lacks room; empty text where the server decides. */
  async function placesOf({ template, isShortLived = false }: NewDatabase): Promise<readonly string[]> {
    const { memory } = address
    if (memory === undefined) return ['']
    if (!isShortLived || template === undefined) return [onDisk]
    const fits = fitsInMemory(readFreeMemory(memory.folder), await fetchSize(template))
    return fits ? [` TABLESPACE ${quoteName(memory.tablespace)}`, onDisk] : [onDisk]
  }

  const version = await ask('ask for the server version', () => fetchVersion(pool)).catch(
    async (error: unknown) => {
      await pool.end()
      throw error
    },
  )

  return {
    address,
    provider: address.provider,
    description: address.description,
    persistent: address.persistent,
    version,

    connectionString(database, role) {
      assertOurName(database)
      const url = toDatabaseUrl(address.url, database)
      const isOurs = role === undefined || role === decodeURIComponent(new URL(url).username)
      return isOurs ? url : toRoleUrl(url, role, toRolePassword(address, role))
    },

    holdCluster: (scenario, how) => holdCluster(address, version.major, scenario, how),

    fetchConditions: (database) =>
      ask(`read the locale of "${database}"`, () => fetchConditionsOf(pool, database, version.major)),

    createDatabase: (name, options) =>
      ask(`create database "${name}"`, async () => {
        const { mark, template, owner } = options
        if ((await owned(name)) !== undefined) throw taken(name)
        if (template !== undefined && !isSealed(await mustBeOwned(template))) {
          throw refused(
            template,
            'it is not sealed, so it may still change',
            'Seal a database before copying it.',
          )
        }
        const copy = template === undefined ? '' : ` TEMPLATE ${quoteName(template)}`
        const strategy = template === undefined || version.major < 15 ? '' : ' STRATEGY FILE_COPY'
        const belongs = owner === undefined ? '' : ` OWNER ${quoteName(owner)}`
        const locales = template === undefined ? toLocaleOptions(options.conditions, version.major) : ['']
        const create = (tablespace: string) =>
          firstThatFits(locales, (locale) =>
            pool.query(
              `CREATE DATABASE ${quoteName(name)}${copy}${strategy}${locale}${belongs}${tablespace} CONNECTION LIMIT ${birthLimit}`,
            ),
          )
        const [first = '', second] = await placesOf(options)
        await create(first).catch((error: unknown) => {
          if (second === undefined || !lacksRoom(error)) throw error
          return create(second)
        })
        try {
          await pool.query(commentOn(name, toComment(address.owner, mark)))
          await copySettings(pool, name, template, options.conditions?.settings ?? [])
          if (template !== undefined) await copyRights(pool, template, name)
        } catch (error) {
          // Without its comment the guard would never let it be dropped again; we know that we made it just now.
          await pool.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`).catch(() => {})
          throw error
        }
      }),

    dropDatabase: (name) =>
      ask(`drop database "${name}"`, async () => {
        const row = await owned(name)
        if (row === undefined) return
        if (row.template) await pool.query(`ALTER DATABASE ${quoteName(name)} IS_TEMPLATE false`)
        await pool.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`)
      }),

    sealDatabase: (name, mark) =>
      ask(`seal database "${name}"`, async () => {
        await mustBeOwned(name)
        await pool.query(commentOn(name, toComment(address.owner, mark)))
        await pool.query(`ALTER DATABASE ${quoteName(name)} ALLOW_CONNECTIONS false`)
        await endSessions(name)
        await pool.query(`ALTER DATABASE ${quoteName(name)} IS_TEMPLATE true`)
      }),

    listDatabases: () =>
      ask('list databases', async () => {
        const rows = await fetchMarked(pool, address.owner)
        return rows
          .filter((row) => row.owner === address.owner)
          .map(({ name, mark, sealed }): OwnedDatabase => ({ name, mark, sealed }))
      }),

    // A query that hangs must not keep the server from being stopped.
    close: () => Promise.race([pool.end(), sleep(closeTimeoutMs, undefined, { ref: false })]),
  }
}

/** The same connection string for another database. */
export function toDatabaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.toString()
}

function toRoleUrl(url: string, role: string, password: string): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(role)
  changed.password = encodeURIComponent(password)
  return changed.toString()
}

function isSealed(row: { readonly template: boolean; readonly connectable: boolean }): boolean {
  return row.template && !row.connectable
}

// Said outright, because a copy would lie where its template does.
const onDisk = ' TABLESPACE pg_default'

/** Classes 53 and 58: memory was used up by others in this moment, or its folder removed. */
function lacksRoom(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^5[38]/.test(error.code ?? '')
}

function taken(name: string) {
  return refused(name, 'a database of that name exists already', 'Drop it first, or take another name.')
}

function commentOn(name: string, comment: string): string {
  return `COMMENT ON DATABASE ${quoteName(name)} IS ${quoteText(comment)}`
}
