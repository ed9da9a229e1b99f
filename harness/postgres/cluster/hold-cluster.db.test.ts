import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoleDescription } from '../../model/cluster.ts'
import { type Cluster, type RunningPostgres, silentProgress } from '../../model/ports.ts'
import { makeTemporaryCacheFolder, type TemporaryCacheFolder } from '../../testing/temporary-cache-folder.ts'
import { query } from '../../testing/with-test-database.ts'
import { startPostgres } from '../start-postgres.ts'

let cache: TemporaryCacheFolder
let postgres: RunningPostgres
const start = () => startPostgres('embedded', { cacheFolder: cache.folder, progress: silentProgress })
const outside = <R extends object>(sql: string) =>
  query<R & Record<string, unknown>>(postgres.address.url, sql)

const held: Cluster[] = []

/** A test that fails must not make the next one wait. */
async function hold(scenario: string, how: 'alone' | 'shared'): Promise<Cluster> {
  const cluster = await postgres.holdCluster(scenario, how)
  held.push(cluster)
  return cluster
}
afterEach(async () => {
  for (const cluster of held.splice(0)) await cluster.release()
})

beforeAll(async () => {
  cache = makeTemporaryCacheFolder()
  postgres = await start()
}, 60_000)
afterAll(async () => {
  await postgres.stop()
  cache.remove()
})

const deploy: RoleDescription = {
  name: 'deploy',
  superuser: false,
  createrole: true,
  createdb: false,
  bypassrls: false,
  inherit: true,
  login: false,
  replication: false,
  memberOf: [{ role: 'app rw', admin: true, inherit: true, set: false }],
  settings: ['app.tenant=x', 'search_path="$user", "My Schema", public', 'work_mem=8MB'],
}
const app: RoleDescription = { ...deploy, name: 'app rw', createrole: false, memberOf: [], settings: [] }

const named = async () =>
  (
    await outside<{ name: string }>(`SELECT rolname AS name FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1`)
  ).map(({ name }) => name)

describe('a held cluster', () => {
  it('makes roles as they are described, gives them back as they were, and leaves no name behind', async () => {
    const first = await hold('shop', 'alone')
    await first.makeRoles([deploy, app])
    const made = first.rolesOf(await first.read(null))
    expect(made.map(({ oid: _, ...role }) => role)).toEqual([deploy, app])
    await postgres.createDatabase('phaseproof_owned', { mark: 'x', owner: 'deploy' })
    await outside(
      `ALTER ROLE deploy CREATEDB; ALTER ROLE deploy RESET ALL; REVOKE "app rw" FROM deploy; CREATE ROLE late`,
    )
    await first.release()
    await first.release()
    expect((await named()).filter((name) => !name.startsWith('phaseproof'))).toEqual([])

    const second = await hold('shop', 'alone')
    expect(await second.enter(made)).toBe(true)
    expect(second.rolesOf(await second.read(null))).toEqual(made)
    await second.release()
    await postgres.dropDatabase('phaseproof_owned')
    const last = await hold('shop', 'alone')
    await last.release()
    expect(await named()).toEqual(['phaseproof'])
    const again = await hold('shop', 'alone')
    expect(await again.enter(made)).toBe(false)
    await again.release()
  })

  it('lets a role in under its own name, and nobody else by that password', async () => {
    const cluster = await hold('shop', 'alone')
    await cluster.makeRoles([app])
    await cluster.admit('app rw')
    await postgres.createDatabase('phaseproof_seen', { mark: 'x' })
    const url = postgres.connectionString('phaseproof_seen', 'app rw')
    expect(await query(url, 'SELECT session_user, current_user')).toEqual([
      { session_user: 'app rw', current_user: 'app rw' },
    ])
    await postgres.dropDatabase('phaseproof_seen')
    await cluster.release()
    await expect(query(url, 'SELECT 1')).rejects.toThrow()
  })

  it.for([
    [`ALTER SYSTEM SET default_transaction_read_only = on`, 'SELECT pg_reload_conf()'],
    [
      `ALTER ROLE CURRENT_USER SET search_path = nowhere`,
      'ALTER ROLE CURRENT_USER SET default_transaction_read_only = on',
    ],
    [`ALTER ROLE CURRENT_USER NOLOGIN PASSWORD 'other' VALID UNTIL '2001-01-01'`],
    ['CREATE DATABASE reports', `ALTER DATABASE postgres SET statement_timeout = 1`],
  ])('undoes $0', async (statements) => {
    const cluster = await hold('shop', 'alone')
    for (const statement of statements) await outside(statement)
    await cluster.release()
    const next = await hold('shop', 'alone')
    expect(await next.read('postgres')).toMatchObject({
      system: [],
      databases: expect.not.arrayContaining(['reports']),
    })
    await next.release()
    await postgres.createDatabase('phaseproof_after', { mark: 'x' })
    await postgres.dropDatabase('phaseproof_after')
  })

  it('finds what an interrupted run left, and puts it right', async () => {
    for (const statement of [
      'CREATE ROLE pub_app',
      'ALTER SYSTEM SET default_transaction_read_only = on',
      'ALTER ROLE CURRENT_USER SET search_path = nowhere',
    ])
      await outside(statement)
    await postgres.stop()
    postgres = await start()
    const cluster = await hold('shop', 'alone')
    await cluster.makeRoles([{ ...app, name: 'pub_app' }])
    await cluster.release()
    expect((await named()).filter((name) => !name.startsWith('phaseproof'))).toEqual([])
    await postgres.createDatabase('phaseproof_after', { mark: 'x' })
    await postgres.dropDatabase('phaseproof_after')
  })

  it('makes a run wait that wants it alone, and two that do not meet', async () => {
    const [one, other] = await Promise.all([hold('shop', 'shared'), hold('trips', 'shared')])
    let isAlone = false
    const waiting = hold('shop', 'alone').then((cluster) => {
      isAlone = true
      return cluster
    })
    await one.release()
    expect(isAlone).toBe(false)
    await other.release()
    await (await waiting).release()
  })
})
