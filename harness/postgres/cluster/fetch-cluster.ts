import type pg from 'pg'
import { roleFields } from '../../ground/role-sql.ts'
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

const CLUSTER = `
SELECT pg_catalog.json_build_object(
  'roles', (
    SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
      'oid', r.oid::pg_catalog.int8,${roleFields}
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
