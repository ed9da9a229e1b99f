import type pg from 'pg'
import { captureFailed } from '../capture-failed.ts'

/**
 * The rights of the role and of every role it may become, with the number of tables it can write to. A right that
 * needs a SET ROLE first is still a right.
 */
const WRITABLE = `
  WITH roles AS (SELECT oid, rolsuper FROM pg_catalog.pg_roles WHERE pg_catalog.pg_has_role(oid, 'MEMBER'))
  SELECT current_user AS role, pg_catalog.pg_is_in_recovery() AS replica,
         (SELECT bool_or(rolsuper) FROM roles) AS super,
         pg_catalog.current_setting('server_encoding') AS encoding,
         (SELECT count(*)::int FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
             AND n.nspname !~ '^pg_(toast|temp)'
             AND EXISTS (SELECT FROM roles r
                          WHERE r.oid = c.relowner
                             OR pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                             OR pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE'))) AS tables`

/**
 * Refuses a role that could change production, unless it was named on purpose. A replica takes no writes, so any role
 * passes there.
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
  const rights = found.super
    ? 'is a superuser, or may become one'
    : `may write to ${found.tables} tables or views`
  throw captureFailed(
    source,
    `the role ${found.role} ${rights}`,
    `Use a role that can only read (GRANT pg_read_all_data), or name it on purpose: --allow-writer ${found.role}.`,
  )
}
