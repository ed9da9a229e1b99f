import type { ClientBase } from 'pg'
import type { MigratorRights } from '../model/target.ts'

/** What a phase needs of the role that applies it. */
interface Needed {
  /** Tables that it changes and that are there, as `namespace.table`. */
  readonly tables: readonly string[]
  /** Namespaces in which it makes something. */
  readonly namespaces: readonly string[]
  /** Table of the tool's history, as `namespace.table`. */
  readonly historyTable: string
  /** It makes an extension or a namespace. */
  readonly createsInDatabase: boolean
}

const MISSING = `
  WITH migrator AS (SELECT oid, rolsuper, rolcanlogin FROM pg_catalog.pg_roles WHERE rolname = $1),
  relation AS (
    SELECT c.oid, c.relowner, n.nspname || '.' || c.relname AS name FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p'))
  SELECT what FROM (
    SELECT 1 AS rank, 'it may not log in' AS what FROM migrator WHERE NOT rolcanlogin
    UNION ALL
    SELECT 2, 'it does not own ' || r.name FROM relation r, migrator m
     WHERE r.name = ANY ($2::text[]) AND NOT pg_catalog.pg_has_role(m.oid, r.relowner, 'MEMBER')
    UNION ALL
    SELECT 3, 'it may not create in the namespace ' || n.nspname FROM pg_catalog.pg_namespace n, migrator m
     WHERE n.nspname = ANY ($3::text[]) AND NOT pg_catalog.has_schema_privilege(m.oid, n.oid, 'CREATE')
    UNION ALL
    SELECT 4, 'it may not write to ' || r.name FROM relation r, migrator m
     WHERE r.name = $4 AND NOT (pg_catalog.has_table_privilege(m.oid, r.oid, 'SELECT') AND pg_catalog.has_table_privilege(m.oid, r.oid, 'INSERT')
       AND pg_catalog.has_table_privilege(m.oid, r.oid, 'UPDATE'))
    UNION ALL
    SELECT 5, 'it may not create in the database' FROM migrator m
     WHERE $5 AND NOT pg_catalog.has_database_privilege(m.oid, current_database(), 'CREATE')
  ) AS listed, migrator WHERE NOT migrator.rolsuper OR rank = 1 ORDER BY rank, what`

/** Fetches what the migrator of a target lacks for a phase. A role that is a member of the owner counts as the owner. */
export async function fetchMigrator(
  client: ClientBase,
  role: string,
  { tables, namespaces, historyTable, createsInDatabase }: Needed,
): Promise<MigratorRights> {
  const { rows: known } = await client.query('SELECT FROM pg_catalog.pg_roles WHERE rolname = $1', [role])
  const { rows } = await client.query<{ what: string }>(MISSING, [
    role,
    tables,
    namespaces,
    historyTable,
    createsInDatabase,
  ])
  return { role, exists: known.length > 0, missing: rows.map(({ what }) => what) }
}
