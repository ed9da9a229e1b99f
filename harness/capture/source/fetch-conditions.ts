import type pg from 'pg'
import { toLocaleSql } from '../../ground/locale-sql.ts'
import type { DatabaseConditions, DatabaseSetting } from '../../model/snapshot.ts'

/** Settings that change what SQL means, not how fast it runs. */
const SETTINGS = [
  'TimeZone',
  'DateStyle',
  'IntervalStyle',
  'search_path',
  'standard_conforming_strings',
  'backslash_quote',
  'array_nulls',
  'transform_null_equals',
  'default_transaction_isolation',
  'default_text_search_config',
  'xmlbinary',
  'check_function_bodies',
]

/**
 * Reads encoding, locale, settings and extensions of the source. A setting that the capturing role has for itself says nothing of the
 * database and is left out, unless the database has one of its own.
 */
export async function fetchConditions(client: pg.ClientBase, major: number): Promise<DatabaseConditions> {
  const { rows } = await client.query<Omit<DatabaseConditions, 'settings' | 'extensions'>>(
    `SELECT pg_catalog.pg_encoding_to_char(d.encoding) AS encoding, ${toLocaleSql(major)} AS locale
       FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()`,
  )
  const settings = await client.query<DatabaseSetting>(SETTINGS_OF, [SETTINGS])
  const extensions = await client.query<DatabaseConditions['extensions'][number]>(
    'SELECT extname AS name, extversion AS version FROM pg_catalog.pg_extension ORDER BY extname COLLATE "C"',
  )
  const { encoding = '', locale = '' } = rows[0] ?? {}
  return { encoding, locale, settings: settings.rows, extensions: extensions.rows }
}

// The session has values of its own by now; reset_val is what it began with.
const SETTINGS_OF = `
  WITH own AS (
    SELECT r.setdatabase, r.setrole, pg_catalog.split_part(c, '=', 1) AS name, pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1) AS value
      FROM pg_catalog.pg_db_role_setting r, pg_catalog.unnest(r.setconfig) AS c
     WHERE r.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
       AND r.setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = session_user))
  )
  SELECT s.name, coalesce(d.value, s.reset_val) AS value
    FROM pg_catalog.pg_settings s
    LEFT JOIN own d ON d.name = s.name AND d.setrole = 0 AND d.setdatabase <> 0
   WHERE s.name = ANY ($1::text[])
     AND (d.value IS NOT NULL OR NOT EXISTS (SELECT FROM own r WHERE r.name = s.name AND r.setrole <> 0))
   ORDER BY s.name COLLATE "C"`
