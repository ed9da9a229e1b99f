import type pg from 'pg'
import { toLocaleSql } from '../ground/locale-sql.ts'
import type { OwnedDatabase, PostgresServer } from '../model/ports.ts'
import { databasePrefix, parseComment, refused, toHalfMade } from './guard.ts'

const oldestUsableMajor = 13

/** All databases on a server that carry prefix and mark, of any owner, by name; half-made ones too where `owner` says that only we use the server. */
export async function fetchMarked(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
  owner: string | null,
): Promise<readonly (OwnedDatabase & { readonly owner: string })[]> {
  const { rows } = await client.query<{
    name: string
    comment: string | null
    limit: number
    sealed: boolean
  }>(
    `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment, datconnlimit AS limit,
            datistemplate AND NOT datallowconn AS sealed
       FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname COLLATE "C"`,
    [databasePrefix],
  )
  return rows.flatMap(({ name, comment, limit, sealed }) => {
    const parsed = parseComment(comment) ?? toHalfMade({ comment, limit }, owner)
    return parsed === undefined ? [] : [{ name, sealed, ...parsed }]
  })
}

type Conditions = Awaited<ReturnType<PostgresServer['fetchConditions']>>

/** Encoding and locale of a database. */
export async function fetchConditionsOf(pool: pg.Pool, database: string, major: number): Promise<Conditions> {
  const { rows } = await pool.query<Conditions>(
    `SELECT pg_encoding_to_char(d.encoding) AS encoding, ${toLocaleSql(major)} AS locale
       FROM pg_database d WHERE d.datname = $1`,
    [database],
  )
  return rows[0] ?? { encoding: 'unknown', locale: 'unknown' }
}

/**
 * The version of a server.
 * @throws database-refused when it is too old for what the harness does with databases
 */
export async function fetchVersion(pool: pg.Pool): Promise<PostgresServer['version']> {
  const { rows } = await pool.query<{ text: string; number: number }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS text,
            current_setting('server_version_num')::int AS number`,
  )
  const row = rows[0] ?? { text: 'unknown', number: 0 }
  const major = Math.floor(row.number / 10_000)
  if (major < oldestUsableMajor) {
    throw refused(
      'postgres',
      `the server is Postgres ${row.text}`,
      `Use Postgres ${oldestUsableMajor} or newer.`,
    )
  }
  return { text: row.text, major }
}
