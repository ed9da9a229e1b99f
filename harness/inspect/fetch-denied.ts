import type { ClientBase } from 'pg'
import type { DeniedRight } from '../model/finding.ts'

/**
 * Fetches what a role may not even read: tables among the named ones, their namespaces, and sequences whose defaults it needs
 * where it may insert.
 * @param tables as `namespace.name`
 */
export async function fetchDenied(
  client: ClientBase,
  role: string,
  tables: readonly string[],
): Promise<readonly DeniedRight[]> {
  const { rows } = await client.query<DeniedRight>(DENIED, [role, tables])
  return rows
}

// A table is readable, too, by a right on one of its columns. An index depends on its table as a sequence does, and is none.
const DENIED = `
  WITH relation AS (
    SELECT c.oid, n.oid AS namespace, n.nspname, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname || '.' || c.relname = ANY ($2::text[])
  ), denied AS (
    SELECT DISTINCT 'USAGE' AS "right", 'SCHEMA ' || pg_catalog.quote_ident(nspname) AS object FROM relation
     WHERE NOT pg_catalog.has_schema_privilege($1::name, namespace, 'USAGE')
    UNION ALL
    SELECT 'SELECT', 'TABLE ' || name FROM relation
     WHERE NOT pg_catalog.has_table_privilege($1::name, oid, 'SELECT') AND NOT pg_catalog.has_any_column_privilege($1::name, oid, 'SELECT')
    UNION ALL
    SELECT 'USAGE', pg_catalog.format('SEQUENCE %I.%I', r.nspname, s.relname)
      FROM relation r
      JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = r.oid AND d.deptype = 'a'
       AND d.classid = d.refclassid
      JOIN pg_catalog.pg_class s ON s.oid = d.objid
     WHERE CASE s.relkind WHEN 'S' THEN pg_catalog.has_table_privilege($1::name, r.oid, 'INSERT')
             AND NOT pg_catalog.has_sequence_privilege($1::name, s.oid, 'USAGE, UPDATE') END
  )
  SELECT $1::text AS role, "right", object FROM denied ORDER BY object COLLATE "C", "right" COLLATE "C"`
