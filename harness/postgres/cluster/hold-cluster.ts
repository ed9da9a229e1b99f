import type pg from 'pg'
import { quoteName, quoteText } from '../../ground/quote.ts'
import { endClient, openClient } from '../../ground/with-client.ts'
import type { ClusterState, ServerRole } from '../../model/cluster.ts'
import { HarnessError } from '../../model/error.ts'
import type { Cluster, ServerAddress } from '../../model/ports.ts'
import { askServer } from '../connection-lost.ts'
import { fetchCluster } from './fetch-cluster.ts'
import { parkedPrefix, planRoles, toCreateRole, toGrant, toScenarioComment } from './plan-roles.ts'
import { toRolePassword } from './role-password.ts'

/** Settings of our own sessions beside the migrated databases: no migration can change them. */
export const ownSession = [
  'search_path=pg_catalog',
  'default_transaction_read_only=off',
  'statement_timeout=0',
  'lock_timeout=0',
  'role=none',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Key of the advisory lock on the maintenance database. */
export const clusterLock = 7_269_707

/** Holds what a server keeps outside of its databases, on a connection of its own. */
export async function holdCluster(
  address: ServerAddress,
  major: number,
  scenario: string,
  how: 'alone' | 'shared',
): Promise<Cluster> {
  const ask = <T>(attempted: string, work: () => Promise<T>) => askServer(address.provider, attempted, work)
  const client = await ask('connect', () =>
    openClient(address.url, { options: ownSession, connectTimeoutMs: 15_000 }),
  )
  try {
    await ask('wait for other runs', () =>
      client.query(`SELECT pg_advisory_lock${how === 'alone' ? '' : '_shared'}(${clusterLock})`),
    )
    return await ask('read roles and settings', () => openCluster(client, address, major, scenario, ask))
  } catch (error) {
    await endClient(client)
    throw error
  }
}

type Ask = <T>(attempted: string, work: () => Promise<T>) => Promise<T>

async function openCluster(
  client: pg.Client,
  address: ServerAddress,
  major: number,
  scenario: string,
  ask: Ask,
): Promise<Cluster> {
  const isOurs = address.owner === ''
  const found = await fetchCluster(client, null)
  const login = await fetchLogin(client)
  // On a server that only we use, whatever is there beside the superuser is what an earlier run left.
  const resting: ClusterState = isOurs
    ? {
        ...found,
        roles: found.roles.filter(({ name }) => name === login.name).map((role) => ({ ...role, ...plain })),
        system: [],
        databases: found.databases.filter((name) => birthDatabases.has(name)),
        tablespaces: found.tablespaces.filter((name) => name.startsWith('pg_')),
      }
    : { ...found, roles: found.roles.filter(({ name }) => !name.startsWith(parkedPrefix)) }
  const strangers = new Set(resting.roles.map(({ oid }) => oid))
  const rolesOf = ({ roles }: ClusterState) =>
    roles.filter(({ oid, name }) => !strangers.has(oid) && !name.startsWith(parkedPrefix))

  const enter = (roles: readonly ServerRole[]) =>
    ask('bring back roles and settings', async () => {
      const current = await fetchCluster(client, client.database ?? null)
      const statements = planRoles(current, [...resting.roles, ...roles], { major, scenario })
      if (statements.length > 0) await runAll(client, ['BEGIN', ...statements, 'COMMIT'])
      await undoServer(client, current, resting)
      if (isOurs && current.settings.length > 0)
        await client.query(`ALTER DATABASE ${quoteName(client.database ?? '')} RESET ALL`)
      return roles.every(({ oid }) => current.roles.some((role) => role.oid === oid))
    })

  const forgetRolesBut = (roles: readonly ServerRole[]) =>
    ask('drop roles that nothing belongs to', async () => {
      const kept = new Set(roles.map(({ oid }) => oid))
      const { rows } = await client.query<{ oid: number; name: string }>(
        `SELECT oid::int8::int AS oid, rolname AS name FROM pg_roles r
          WHERE starts_with(rolname, $1) AND starts_with(shobj_description(oid, 'pg_authid'), $2)
            AND NOT EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid
                               AND d.classid <> 'pg_auth_members'::regclass)`,
        [parkedPrefix, toScenarioComment(scenario)],
      )
      for (const { oid, name } of rows) {
        // Another run may make something of it depend on a role meanwhile; then it stays.
        if (!kept.has(oid)) await client.query(`DROP ROLE ${quoteName(name)}`).catch(ignoreRefusal)
      }
    })

  await enter([])
  let released: Promise<void> | undefined
  const release = async () => {
    try {
      await client.query('ROLLBACK')
      await enter([])
      await forgetRolesBut(made)
      if (isOurs) await restoreLogin(client, login)
    } catch {
      // The server is gone or hopeless; the next run looks at what it finds and puts it right.
    } finally {
      await endClient(client)
    }
  }
  let made: readonly ServerRole[] = []

  return {
    read: (database) => ask('read roles and settings', () => fetchCluster(client, database)),
    rolesOf,
    enter: async (roles) => {
      made = [...made, ...roles]
      return enter(roles)
    },
    makeRoles: (wanted) =>
      ask('make roles', async () => {
        // A superuser of production that has the name of the one that we are stands for it.
        const roles = wanted.filter(({ name, superuser }) => name !== login.name || !superuser)
        const current = await fetchCluster(client, null)
        const taken = roles.find(({ name }) => current.roles.some((role) => role.name === name))
        if (taken) throw roleRefused(taken.name, address)
        const create = roles.flatMap(toCreateRole)
        const grant = roles.flatMap((role) => role.memberOf.map((one) => toGrant(role.name, one, major)))
        await runAll(client, ['BEGIN', ...create, ...grant, 'COMMIT'])
        made = [...made, ...rolesOf(await fetchCluster(client, null))]
      }),
    admit: async (role) => {
      if (role === login.name) return
      const password = quoteText(toRolePassword(address, role))
      await ask(`let ${role} log in`, () =>
        client.query(`ALTER ROLE ${quoteName(role)} LOGIN PASSWORD ${password}`),
      )
    },
    forgetRolesBut,
    release: () => (released ??= release()),
  }
}

/** What the superuser of a server of ours is, whatever a migration made of it. */
const plain = {
  superuser: true,
  createrole: true,
  createdb: true,
  bypassrls: true,
  login: true,
  replication: true,
  settings: [],
  memberOf: [],
}

const birthDatabases = new Set(['postgres', 'template0', 'template1'])

async function runAll(client: pg.Client, statements: readonly string[]): Promise<void> {
  try {
    await client.query(statements.join(';\n'))
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** Undoes what `ALTER SYSTEM` wrote, and drops the databases and tablespaces that a migration made. */
async function undoServer(client: pg.Client, current: ClusterState, resting: ClusterState): Promise<void> {
  const nameOf = (setting: string) => setting.slice(0, setting.indexOf('='))
  const added = current.system.filter((setting) => !resting.system.includes(setting))
  const lost = resting.system.filter((setting) => !current.system.includes(setting))
  for (const name of new Set(added.map(nameOf))) await client.query(`ALTER SYSTEM RESET ${toSetting(name)}`)
  for (const setting of lost) {
    const value = quoteText(setting.slice(setting.indexOf('=') + 1))
    await client.query(`ALTER SYSTEM SET ${toSetting(nameOf(setting))} TO ${value}`)
  }
  if (added.length + lost.length > 0) await client.query('SELECT pg_reload_conf()')
  for (const name of current.databases.filter((one) => !resting.databases.includes(one)))
    await client.query(`DROP DATABASE ${quoteName(name)} WITH (FORCE)`)
  for (const name of current.tablespaces.filter((one) => !resting.tablespaces.includes(one)))
    await client.query(`DROP TABLESPACE ${quoteName(name)}`).catch(ignoreRefusal)
}

function toSetting(name: string): string {
  return name.split('.').map(quoteName).join('.')
}

function ignoreRefusal(error: unknown): void {
  if ((error as { code?: unknown }).code === undefined) throw error
}

/** The account that we log in by, with the hash of its password, which stays in this process. */
interface Login {
  readonly name: string
  readonly hash: string | null
}

async function fetchLogin(client: pg.Client): Promise<Login> {
  const { rows } = await client.query<Login & { seen: boolean }>(
    `SELECT session_user AS name,
            CASE WHEN has_table_privilege('pg_authid', 'SELECT')
                 THEN (SELECT rolpassword FROM pg_authid WHERE rolname = session_user) END AS hash`,
  )
  return rows[0] ?? { name: '', hash: null }
}

/** A migration may have changed the password that our next connection needs. */
async function restoreLogin(client: pg.Client, { name, hash }: Login): Promise<void> {
  const now = await fetchLogin(client)
  if (hash === null || now.hash === hash) return
  await client.query(`ALTER ROLE ${quoteName(name)} PASSWORD ${quoteText(hash)} VALID UNTIL 'infinity'`)
}

function roleRefused(role: string, { description }: ServerAddress): HarnessError<'role-refused'> {
  const reason = 'a role of that name exists there and is not ours'
  return new HarnessError(
    'role-refused',
    `The scenario needs the role "${role}" on ${description}: ${reason}.`,
    'Give the run a server of its own: --postgres embedded or testcontainers.',
    { role, reason },
  )
}
