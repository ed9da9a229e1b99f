import { describe, expect, it } from 'vitest'
import type { ClusterState, ServerRole } from '../../model/cluster.ts'
import { listClusterChanges } from './cluster-changes.ts'

const role = (changes: Partial<ServerRole> = {}): ServerRole => ({
  oid: 16_400,
  name: 'app_rw',
  superuser: false,
  createrole: false,
  createdb: false,
  bypassrls: false,
  inherit: true,
  login: true,
  replication: false,
  memberOf: [],
  settings: [],
  ...changes,
})
const state = (changes: Partial<ClusterState> = {}): ClusterState => ({
  roles: [role()],
  system: [],
  databases: ['postgres'],
  tablespaces: ['pg_default'],
  settings: [],
  ...changes,
})
const tell = (after: Partial<ClusterState>) =>
  listClusterChanges(state(), state(after)).map(
    ({ object, what, isHarmless }) => `${object} ${what}${isHarmless ? ' (harmless)' : ''}`,
  )

describe('listClusterChanges', () => {
  it.for<[string, Partial<ClusterState>, string[]]>([
    ['nothing', {}, []],
    [
      'a new role without powers',
      { roles: [role(), role({ oid: 2, name: 'readers' })] },
      ['role readers is new (harmless)'],
    ],
    [
      'a new role with powers',
      { roles: [role(), role({ oid: 2, name: 'root', superuser: true, bypassrls: true })] },
      ['role root is new, with SUPERUSER, BYPASSRLS'],
    ],
    ['a power', { roles: [role({ bypassrls: true })] }, ['role app_rw got BYPASSRLS']],
    ['a lost login', { roles: [role({ login: false })] }, ['role app_rw lost LOGIN']],
    ['another name', { roles: [role({ name: 'app' })] }, ['role app_rw was renamed to app']],
    ['a role that went', { roles: [] }, ['role app_rw was dropped']],
    [
      'a setting of a role, without its value',
      { roles: [role({ settings: ['app.key=secret'] })] },
      ['role app_rw its setting app.key was set'],
    ],
    [
      'a membership',
      { roles: [role({ memberOf: [{ role: 'pg_read_all_data', admin: false, inherit: true, set: true }] })] },
      ['role app_rw is a member of pg_read_all_data in another way than before'],
    ],
    [
      'no membership that Postgres gives to the maker of a role',
      {
        roles: [
          role({ memberOf: [{ role: 'readers', admin: true, inherit: false, set: false }] }),
          role({ oid: 2, name: 'readers' }),
        ],
      },
      ['role readers is new (harmless)'],
    ],
    [
      'a setting of the server, and none of the database, which its catalog tells',
      { system: ['work_mem=64MB'], settings: ['TimeZone=UTC'] },
      ['setting work_mem was set for the whole server by ALTER SYSTEM'],
    ],
    ['a database', { databases: ['postgres', 'reports'] }, ['database reports is new']],
  ])('tells %s', ([, after, told]) => {
    expect(tell(after)).toEqual(told)
  })
})
