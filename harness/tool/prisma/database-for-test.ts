import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Migration } from '../../model/history.ts'
import { toChecksum, toOtherChecksum } from './checksum.ts'

/** An empty database of its own for one test, and what a test asks about it. */
export interface DatabaseForTest {
  readonly connectionString: string
  /** Rows of a query, each row as an array. */
  rows(sql: string): Promise<unknown[][]>
  /** Tables in `public` besides the history, in order. */
  tables(): Promise<string[]>
  /** The history in order: name, and `finished`, `failed` or `rolled back`. */
  history(): Promise<string[]>
  /** Sessions and advisory locks that a replay left on this database. */
  leftovers(): Promise<{ sessions: number; locks: number }>
}

/** Creates a database, runs `use`, drops the database. */
export async function withDatabaseForTest<T>(use: (database: DatabaseForTest) => Promise<T>): Promise<T> {
  const name = `phaseproof_test_${randomBytes(6).toString('hex')}`
  const url = new URL(inject('postgresUrl'))
  const admin = await connect(url.href)
  await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  url.pathname = `/${name}`
  const client = await connect(url.href)
  const rows = async (sql: string) =>
    (await client.query<unknown[]>({ text: sql, rowMode: 'array', values: [] })).rows
  try {
    return await use({
      connectionString: url.href,
      rows,
      tables: async () =>
        (
          await rows(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            AND relname <> '_prisma_migrations' ORDER BY relname`)
        ).map(String),
      history: async () =>
        (
          await rows(`SELECT migration_name || ': ' || CASE WHEN rolled_back_at IS NOT NULL THEN 'rolled back'
            WHEN finished_at IS NULL THEN 'failed' ELSE 'finished' END FROM _prisma_migrations ORDER BY started_at`)
        ).map(String),
      leftovers: async () => {
        const [counts] = await rows(`SELECT
          (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND backend_type = 'client backend')::int,
          (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))::int`)
        return { sessions: Number(counts?.[0]), locks: Number(counts?.[1]) }
      },
    })
  } finally {
    await client.end()
    await admin.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`)
    await admin.end()
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}

/** A migration as if read from `migrations/<name>/migration.sql`. */
export function toMigration(name: string, sql: string): Migration {
  return {
    name,
    file: `migrations/${name}/migration.sql`,
    sql,
    checksum: toChecksum(sql),
    checksumOtherLineEndings: toOtherChecksum(sql),
  }
}
