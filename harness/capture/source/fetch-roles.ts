import type pg from 'pg'
import { roleFields } from '../../ground/role-sql.ts'
import type { RoleDescription } from '../../model/cluster.ts'

/** Roles of a source that its database refers to. */
export interface SourceRoles {
  /** Those that own something, have rights, are named by policies or are asked for, and the groups that they belong to. */
  readonly roles: readonly RoleDescription[]
  /** Role that owns the database; null where the source is not production's database. */
  readonly databaseOwner: string | null
}

/** What is asked of the roles. */
interface RoleQuestion {
  /** Names of roles that are wanted although nothing in the database refers to them. */
  readonly wanted: readonly string[]
  /** False where the source is a restored dump, whose database and login are ours. */
  readonly knowsProduction: boolean
}

/**
 * Fetches the roles that a database refers to, by what every role may read: no password is asked for. Of their settings, those stay that
 * change what SQL means or how long it may take.
 */
export async function fetchRoles(
  client: pg.ClientBase,
  { wanted, knowsProduction }: RoleQuestion,
): Promise<SourceRoles> {
  const { rows } = await client.query<{ role: RoleDescription; isOwner: boolean }>(ROLES, [
    knowsProduction,
    wanted,
  ])
  const { rows: plain } = await client.query<{ name: string }>(
    `SELECT name FROM pg_catalog.pg_settings WHERE ${isPlainSetting}`,
  )
  // Postgres does not list the role that a session becomes among its settings.
  const names = new Set(['role', ...plain.map(({ name }) => name)])
  const isPlain = (setting: string) => names.has(setting.slice(0, setting.indexOf('=')))
  return {
    roles: rows.map(({ role }) => ({ ...role, settings: role.settings.filter(isPlain) })),
    databaseOwner: rows.find(({ isOwner }) => isOwner)?.role.name ?? null,
  }
}

/** Tells of a row of pg_settings whether a snapshot holds what roles set of it. */
// An application's own settings (`app.jwt_secret`) may hold secrets. Libraries and tablespaces are the server's.
export const isPlainSetting = `(context = 'user' OR name = 'session_replication_role') AND name NOT LIKE '%.%' AND name NOT LIKE 'log\\_%'
     AND name NOT IN ('default_tablespace', 'temp_tablespaces', 'local_preload_libraries', 'application_name')`

// The role that the cluster was made with is pinned: pg_shdepend does not mention it.
const ROLES = `
  WITH RECURSIVE here AS (
    SELECT oid, datdba FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
  ), referred AS (
    SELECT d.refobjid AS oid FROM pg_catalog.pg_shdepend d, here
     WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND d.deptype IN ('o', 'a', 'r')
       AND d.classid NOT IN ('pg_catalog.pg_user_mapping'::regclass, 'pg_catalog.pg_largeobject'::regclass)
       AND (d.dbid = here.oid OR ($1 AND d.classid = 'pg_catalog.pg_database'::regclass AND d.objid = here.oid))
    UNION SELECT datdba FROM here WHERE $1
    UNION SELECT defaclrole FROM pg_catalog.pg_default_acl
    UNION SELECT oid FROM pg_catalog.pg_roles WHERE rolname = ANY ($2::text[])
    UNION SELECT m.roleid FROM referred r JOIN pg_catalog.pg_auth_members m ON m.member = r.oid
  )
  SELECT pg_catalog.json_build_object(${roleFields}) AS role, $1 AND r.oid = here.datdba AS "isOwner"
    FROM referred JOIN pg_catalog.pg_roles r ON r.oid = referred.oid, here
   WHERE NOT pg_catalog.starts_with(r.rolname::text, 'pg_') AND ($1 OR r.rolname <> session_user)
   ORDER BY r.rolname COLLATE "C"`
