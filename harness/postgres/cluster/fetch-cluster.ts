import type pg from 'pg'
import type { ClusterState } from '../../model/cluster.ts'
import { databasePrefix } from '../guard.ts'
import { parkedPrefix } from './plan-roles.ts'

/**
 * Fetches what a server keeps outside of its databases, in one query. What bears our prefix is left out, parked roles excepted, and so is
 * what only superusers may see for others.
 * @param database whose settings are read; null for none
 */
export async function fetchCluster(client: pg.ClientBase, database: string | null): Promise<ClusterState> {
  const { rows } = await client.query<{ state: ClusterState }>(CLUSTER, [
    databasePrefix,
    database,
    parkedPrefix,
  ])
  const [row] = rows
  if (row === undefined) throw new Error('the server answered a query without a row')
  return row.state
}

// PostgreSQL 16 made membership three options; before, `inherit` was the member's own and SET ROLE was always allowed.
const CLUSTER = `
SELECT pg_catalog.json_build_object(
  'roles', (
    SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'oid', r.oid::pg_catalog.int8,
      'name', r.rolname,
      'superuser', r.rolsuper,
      'createrole', r.rolcreaterole,
      'createdb', r.rolcreatedb,
      'bypassrls', r.rolbypassrls,
      'inherit', r.rolinherit,
      'login', r.rolcanlogin,
      'replication', r.rolreplication,
      'memberOf', (
        SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
          'role', g.rolname, 'admin', m.admin,
          'inherit', m.inherit, 'set', m.set) ORDER BY g.oid), '[]'::pg_catalog.json)
          FROM (SELECT roleid, bool_or(admin_option) AS admin,
                       bool_or(coalesce((pg_catalog.to_jsonb(a)->>'inherit_option')::bool, r.rolinherit)) AS inherit,
                       bool_or(coalesce((pg_catalog.to_jsonb(a)->>'set_option')::bool, true)) AS set
                  FROM pg_catalog.pg_auth_members a WHERE a.member = r.oid GROUP BY roleid) m
          JOIN pg_catalog.pg_roles g ON g.oid = m.roleid),
      'settings', (
        SELECT coalesce(pg_catalog.json_agg(one ORDER BY one), '[]'::pg_catalog.json)
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) one
         WHERE s.setrole = r.oid AND s.setdatabase = 0)
      ) ORDER BY r.oid), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_roles r
     WHERE NOT pg_catalog.starts_with(r.rolname::text, 'pg_')
       AND (NOT pg_catalog.starts_with(r.rolname::text, $1) OR pg_catalog.starts_with(r.rolname::text, $3))),
  'system', CASE WHEN pg_catalog.has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'EXECUTE') THEN (
    SELECT coalesce(pg_catalog.json_agg(f.name || '=' || f.setting ORDER BY f.seqno), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_file_settings f WHERE f.sourcefile LIKE '%/postgresql.auto.conf') ELSE '[]'::pg_catalog.json END,
  'databases', (
    SELECT coalesce(pg_catalog.json_agg(d.datname ORDER BY d.datname), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_database d WHERE NOT pg_catalog.starts_with(d.datname::text, $1)),
  'tablespaces', (
    SELECT coalesce(pg_catalog.json_agg(t.spcname ORDER BY t.spcname), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_tablespace t WHERE NOT pg_catalog.starts_with(t.spcname::text, $1)),
  'settings', (
    SELECT coalesce(pg_catalog.json_agg(one ORDER BY one), '[]'::pg_catalog.json)
      FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase,
           pg_catalog.unnest(s.setconfig) one
     WHERE s.setrole = 0 AND d.datname = $2)
) AS state`
