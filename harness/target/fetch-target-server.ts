import type { ClientBase } from 'pg'
import { DatabaseError } from 'pg'
import type { TargetRole, TargetServer } from '../model/target.ts'
import { toTargetName } from './with-target.ts'

interface ServerRow {
  readonly version: string
  readonly number: string
  readonly replica: boolean
  readonly now: Date
  readonly readOnly: string
  readonly pid: number
}

/** Fetches what server a target is, and whether a pooler answers in its place. */
export async function fetchTargetServer(client: ClientBase, url: string): Promise<TargetServer> {
  const first = await fetchServerRow(client)
  const askedAt = Date.now()
  const second = await fetchServerRow(client)
  const now = new Date(first.now)
  return {
    name: toTargetName(url),
    systemIdentifier: await fetchSystemIdentifier(client),
    version: { text: first.version.split(' ')[0] ?? '', major: Math.floor(Number(first.number) / 10_000) },
    isReplica: first.replica,
    pooler: await findPooler(client, url, first, second),
    clock: { now: now.toISOString(), aheadMs: now.getTime() - askedAt },
  }
}

async function fetchServerRow(client: ClientBase): Promise<ServerRow> {
  const { rows } = await client.query<ServerRow>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
            pg_catalog.pg_is_in_recovery() AS replica, pg_catalog.clock_timestamp() AS now,
            current_setting('transaction_read_only') AS "readOnly", pg_catalog.pg_backend_pid() AS pid`,
  )
  return rows[0] as ServerRow
}

async function fetchSystemIdentifier(client: ClientBase): Promise<string | null> {
  try {
    const { rows } = await client.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_catalog.pg_control_system()',
    )
    return rows[0]?.id ?? null
  } catch (error) {
    if (error instanceof DatabaseError) return null
    throw error
  }
}

/** A pooler of transactions hands out other backends and drops settings; others are known by their names. */
async function findPooler(
  client: ClientBase,
  url: string,
  first: ServerRow,
  second: ServerRow,
): Promise<string | null> {
  const { hostname, port, pathname } = new URL(url)
  if (/pooler|pgbouncer|pgcat|supavisor|odyssey/i.test(hostname)) return `the host is called ${hostname}`
  if (port === '6543' || port === '6432') return `port ${port} is that of a pooler`
  if (pathname === '/pgbouncer') return 'the database is called pgbouncer'
  if (first.pid !== second.pid) return 'two queries of one session were answered by two backends'
  if (first.readOnly !== 'on') return 'the settings of the session did not reach the server'
  const { rows } = await client.query<{ name: string }>(
    `SELECT pg_catalog.current_setting('application_name') AS name`,
  )
  return rows[0]?.name.startsWith('phaseproof') === true
    ? null
    : 'the name of the session did not reach the server'
}

const ROLE = `
  WITH roles AS (SELECT oid, rolsuper FROM pg_catalog.pg_roles WHERE pg_catalog.pg_has_role(oid, 'MEMBER'))
  SELECT current_user AS name, (SELECT bool_or(rolsuper) FROM roles) AS "isSuperuser",
         (SELECT bool_or(rolsuper) FROM roles)
           OR pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS "seesSessions",
         (SELECT count(*)::int FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
             AND n.nspname !~ '^pg_(toast|temp)'
             AND EXISTS (SELECT FROM roles r
                          WHERE r.oid = c.relowner
                             OR pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                             OR pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE'))) AS "writableTables"`

/** Fetches what the connected role could do besides reading, itself or as a role that it may become. */
export async function fetchTargetRole(client: ClientBase): Promise<TargetRole> {
  const { rows } = await client.query<TargetRole>(ROLE)
  return rows[0] as TargetRole
}
