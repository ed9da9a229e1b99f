import pg from 'pg'
import { inject } from 'vitest'
import type { Migration } from '../model/history.ts'
import { toChecksum, toOtherChecksum } from '../tool/prisma/checksum.ts'
import { withTestDatabase } from './with-test-database.ts'

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
export function withDatabaseForTest<T>(use: (database: DatabaseForTest) => Promise<T>): Promise<T> {
  return withTestDatabase(inject('postgresUrl'), async (connectionString) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    try {
      return await use(toDatabaseForTest(connectionString, client))
    } finally {
      await client.end()
    }
  })
}

function toDatabaseForTest(connectionString: string, client: pg.Client): DatabaseForTest {
  const rows = async (sql: string) =>
    (await client.query<unknown[]>({ text: sql, rowMode: 'array', values: [] })).rows
  return {
    connectionString,
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
  }
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
