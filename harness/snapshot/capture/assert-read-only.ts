import type pg from 'pg'
import { captureFailed } from './capture-failed.ts'

const WRITABLE = `
  SELECT current_user AS role, pg_catalog.pg_is_in_recovery() AS replica,
         (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) AS super,
         pg_catalog.current_setting('server_encoding') AS encoding,
         (SELECT count(*)::int FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
             AND n.nspname !~ '^pg_(toast|temp)'
             AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) AS tables`

/**
 * Refuses a role that could change production, unless it was named on purpose; a replica takes no writes from anybody.
 * @throws capture-failed
 */
export async function assertReadOnly(
  client: pg.ClientBase,
  source: string,
  allowedWriter: string | undefined,
): Promise<void> {
  const { rows } = await client.query<{
    role: string
    replica: boolean
    super: boolean
    encoding: string
    tables: number
  }>(WRITABLE)
  const [found] = rows as [(typeof rows)[number]]
  if (found.encoding === 'SQL_ASCII') {
    throw captureFailed(
      source,
      'its encoding is SQL_ASCII, so its texts cannot be read for sure',
      'Give the database an encoding.',
    )
  }
  if (found.replica || (!found.super && found.tables === 0) || found.role === allowedWriter) return
  const rights = found.super ? 'is a superuser' : `may write to ${found.tables} tables`
  throw captureFailed(
    source,
    `the role ${found.role} ${rights}`,
    `Use a role that can only read (GRANT pg_read_all_data), or name it on purpose: --allow-writer ${found.role}.`,
  )
}
