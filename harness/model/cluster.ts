/** What a role may do and where it belongs, without its password, which is never read. */
export interface RoleDescription {
  readonly name: string
  readonly superuser: boolean
  readonly createrole: boolean
  readonly createdb: boolean
  readonly bypassrls: boolean
  readonly inherit: boolean
  readonly login: boolean
  readonly replication: boolean
  readonly memberOf: readonly RoleMembership[]
  /** Settings of `ALTER ROLE … SET`, as `name=value` of pg_db_role_setting. */
  readonly settings: readonly string[]
}

/** That a role is a member of another, and how. Source: pg_auth_members. */
interface RoleMembership {
  /** Name of the role that it belongs to. */
  readonly role: string
  readonly admin: boolean
  readonly inherit: boolean
  readonly set: boolean
}

/** A role of a running server. */
export interface ServerRole extends RoleDescription {
  /** pg_roles.oid, by which owners and grants know it, whatever its name is. */
  readonly oid: number
}

/** What a server keeps outside of the database that is migrated: a value to compare before and after. */
export interface ClusterState {
  /** All roles but those that Postgres itself brings, which begin with `pg_`. */
  readonly roles: readonly ServerRole[]
  /** What `ALTER SYSTEM` wrote, as `name=value`. */
  readonly system: readonly string[]
  /** Databases that are not ours, by name. */
  readonly databases: readonly string[]
  readonly tablespaces: readonly string[]
  /** Settings of the migrated database, as `name=value`. */
  readonly settings: readonly string[]
}

/** Something that a phase changed outside of the tables of its database. */
export interface ClusterChange {
  /** How a phase names it under `changes`: `role app_rw`, `setting work_mem`, `database reports`. */
  readonly object: string
  /** What happened to it: `is new`, `got BYPASSRLS`. */
  readonly what: string
  /** A role without powers that nobody had before takes nothing from anybody: it is told and counts as no change. */
  readonly isHarmless: boolean
}

/** What a state of a scenario has outside of its database: the roles that exist in it, and what its phase changed. */
export interface Surroundings {
  readonly roles: readonly ServerRole[]
  readonly changes: readonly ClusterChange[]
  readonly hidden: readonly HiddenRows[]
}

/** Rows that a statement was to reach and row security hid from the role that applied it. */
export interface HiddenRows {
  readonly table: string
  readonly role: string
  /** Its first words. */
  readonly statement: string
  readonly file: string
  readonly line: number
  /** Rows that the role can see, of all that there are. */
  readonly visible: number
  readonly rows: number
}
