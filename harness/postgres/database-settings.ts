import pg from 'pg'
import { quoteName, quoteText } from '../ground/quote.ts'
import { HarnessError } from '../model/error.ts'
import type { DatabaseSetting } from '../model/snapshot.ts'

/** Settings that hold a list of names, each of which is quoted by itself. */
const LISTS = new Set([
  'search_path',
  'temp_tablespaces',
  'session_preload_libraries',
  'local_preload_libraries',
])

/**
 * Gives a new database the settings of its template and those that were asked for: Postgres copies none.
 * @throws server-lacks when this server knows no such setting or value
 */
export async function copySettings(
  pool: pg.Pool,
  database: string,
  template: string | undefined,
  asked: readonly DatabaseSetting[],
): Promise<void> {
  const settings = [...(template === undefined ? [] : await fetchSettings(pool, template)), ...asked]
  for (const { name, value } of settings) {
    const sql = `ALTER DATABASE ${quoteName(database)} SET ${name.split('.').map(quoteName).join('.')} TO ${toValue(name, value)}`
    await pool.query(sql).catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError) || !/^(22023|42704)$/.test(error.code ?? '')) throw error
      throw new HarnessError(
        'server-lacks',
        `Setting ${name} to ${value}, as production's database has it: ${error.message}.`,
        'Run on a server of the version that production runs (PHASEPROOF_POSTGRES_IMAGE=<image> with --postgres testcontainers), or on one of yours (--postgres <url>).',
        { object: `setting ${name}`, image: null },
      )
    })
  }
}

async function fetchSettings(pool: pg.Pool, database: string): Promise<readonly DatabaseSetting[]> {
  const { rows } = await pool.query<DatabaseSetting>(
    `SELECT split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value
       FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c
      WHERE d.datname = $1 AND s.setrole = 0`,
    [database],
  )
  return rows
}

function toValue(name: string, value: string): string {
  if (!LISTS.has(name)) return quoteText(value)
  const names = value.match(/"(?:[^"]|"")*"|[^,\s]+/g) ?? []
  const bare = names.map((part) => part.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'))
  return bare.length === 0 ? "''" : bare.map(quoteText).join(', ')
}
