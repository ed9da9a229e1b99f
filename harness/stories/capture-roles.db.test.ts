import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../ground/with-client.ts'
import { fetchSchema } from '../inspect/fetch-schema.ts'
import { type RunningPostgres, silentProgress } from '../model/ports.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { captureExample, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { makeTemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { tryLoading } from './try-loading.ts'

const tables = { 'public.visit': { whole: 'test' }, 'desk.slot': { whole: 'test' } }

/** Everything that owners and rights can be on, by roles whose names no other test has. */
const toSource = (of: (role: string) => string, database: string) => `
  CREATE ROLE ${of('team')} CREATEDB;
  CREATE ROLE ${of('deploy')} LOGIN CREATEROLE PASSWORD 'a-secret-word' IN ROLE ${of('team')};
  CREATE ROLE ${of('app')} LOGIN NOINHERIT;
  CREATE ROLE ${of('Read "all"')} BYPASSRLS;
  CREATE ROLE ${of('helper')};
  CREATE ROLE ${of('stranger')} LOGIN;
  GRANT ${of('Read "all"')} TO ${of('app')} WITH ADMIN OPTION;
  GRANT pg_read_all_settings TO ${of('app')};
  ALTER ROLE ${of('app')} SET statement_timeout = '5s';
  ALTER ROLE ${of('deploy')} SET role = ${of('team')};
  ALTER ROLE ${of('app')} IN DATABASE ${database} SET role = ${of('Read "all"')};
  ALTER ROLE ${of('app')} SET app.token = 'another-secret-word';
  ALTER ROLE ${of('app')} IN DATABASE ${database} SET search_path = desk, public;
  ALTER DATABASE ${database} OWNER TO ${of('deploy')};
  REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC;
  GRANT CONNECT ON DATABASE ${database} TO ${of('app')};
  GRANT CREATE ON DATABASE ${database} TO ${of('team')};
  CREATE TABLE visit (id serial PRIMARY KEY, note text, team text);
  CREATE SCHEMA desk;
  CREATE TABLE desk.slot (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
  CREATE SEQUENCE desk.turn;
  CREATE VIEW desk.open AS SELECT id FROM desk.slot;
  CREATE MATERIALIZED VIEW desk.kept AS SELECT id FROM desk.slot;
  CREATE TYPE desk.state AS ENUM ('on', 'off');
  CREATE TYPE desk.pair AS (a integer, b integer);
  CREATE DOMAIN desk.word AS text;
  CREATE FUNCTION desk.add(a integer, b integer) RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT a + b';
  CREATE PROCEDURE desk.go() LANGUAGE sql AS 'SELECT 1';
  CREATE STATISTICS desk.seen ON id, note FROM desk.slot;
  ALTER SCHEMA desk OWNER TO ${of('team')};
  ALTER TABLE visit OWNER TO ${of('deploy')};
  ALTER TABLE desk.slot OWNER TO ${of('team')};
  ALTER SEQUENCE desk.turn OWNER TO ${of('deploy')};
  ALTER VIEW desk.open OWNER TO ${of('deploy')};
  ALTER MATERIALIZED VIEW desk.kept OWNER TO ${of('deploy')};
  ALTER TYPE desk.state OWNER TO ${of('deploy')};
  ALTER TYPE desk.pair OWNER TO ${of('deploy')};
  ALTER DOMAIN desk.word OWNER TO ${of('deploy')};
  ALTER FUNCTION desk.add(integer, integer) OWNER TO ${of('deploy')};
  ALTER PROCEDURE desk.go() OWNER TO ${of('team')};
  ALTER STATISTICS desk.seen OWNER TO ${of('deploy')};
  GRANT CREATE ON SCHEMA public TO ${of('deploy')};
  REVOKE USAGE ON SCHEMA public FROM PUBLIC;
  GRANT USAGE ON SCHEMA desk TO ${of('app')} WITH GRANT OPTION;
  GRANT SELECT, INSERT ON visit TO ${of('app')};
  REVOKE DELETE ON visit FROM ${of('deploy')};
  GRANT UPDATE (note), SELECT (id, note) ON desk.slot TO ${of('app')};
  GRANT SELECT ON desk.open TO PUBLIC;
  GRANT SELECT ON desk.slot TO ${of('app')} WITH GRANT OPTION;
  GRANT USAGE ON SEQUENCE visit_id_seq, desk.turn TO ${of('app')};
  GRANT USAGE ON TYPE desk.state TO ${of('app')};
  REVOKE ALL ON TYPE desk.word FROM PUBLIC;
  REVOKE ALL ON FUNCTION desk.add(integer, integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION desk.add(integer, integer) TO ${of('app')};
  SET ROLE ${of('app')}; GRANT SELECT ON desk.slot TO ${of('helper')}; RESET ROLE;
  ALTER DEFAULT PRIVILEGES FOR ROLE ${of('deploy')} IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO ${of('app')};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${of('deploy')} GRANT USAGE ON SEQUENCES TO ${of('app')} WITH GRANT OPTION;
  ALTER DEFAULT PRIVILEGES FOR ROLE ${of('deploy')} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
  ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
  ALTER TABLE visit FORCE ROW LEVEL SECURITY;
  CREATE POLICY mine ON visit FOR SELECT TO ${of('app')}, ${of('Read "all"')} USING (team = current_user);
  CREATE POLICY all_of_it ON visit AS RESTRICTIVE USING (true);`

/** What catalogs hold of owners and rights, read by a query of the test's own. */
const RIGHTS = `
  WITH who AS (SELECT oid, rolname FROM pg_roles)
  SELECT what, (SELECT rolname FROM who WHERE oid = owner) AS owner,
         ARRAY(SELECT coalesce((SELECT rolname FROM who WHERE oid = x.grantee), 'PUBLIC') || ':' || x.privilege_type || x.is_grantable
                      || coalesce((SELECT rolname FROM who WHERE oid = x.grantor), '') FROM aclexplode(acl) x ORDER BY 1) AS acl
    FROM (
      SELECT c.oid::regclass::text AS what, relowner AS owner, relacl AS acl FROM pg_class c WHERE relnamespace::regnamespace::text IN ('public', 'desk') AND relkind <> 'i'
      UNION ALL SELECT a.attrelid::regclass || '.' || attname, NULL, attacl FROM pg_attribute a WHERE attacl IS NOT NULL AND attrelid >= 16384
      UNION ALL SELECT p.oid::regprocedure::text, proowner, proacl FROM pg_proc p WHERE pronamespace = 'desk'::regnamespace
      UNION ALL SELECT t.oid::regtype::text, typowner, typacl FROM pg_type t WHERE typnamespace = 'desk'::regnamespace
      UNION ALL SELECT nspname, nspowner, nspacl FROM pg_namespace WHERE nspname IN ('public', 'desk')
      UNION ALL SELECT stxname, stxowner, NULL FROM pg_statistic_ext
      UNION ALL SELECT 'database', NULL, ARRAY(SELECT a FROM unnest(datacl) a WHERE split_part(a::text, '=', 1) <> (SELECT rolname FROM who WHERE oid = datdba)) FROM pg_database WHERE datname = current_database()
      UNION ALL SELECT 'default ' || defaclnamespace::regnamespace || defaclobjtype::text, defaclrole, defaclacl FROM pg_default_acl
      UNION ALL SELECT 'policy ' || polname, NULL, ARRAY(SELECT makeaclitem(r, r, 'SELECT', false) FROM unnest(polroles) r) FROM pg_policy
    ) AS of ORDER BY 1, 2`

/** What roles set in one database. */
const SETTINGS = `
  SELECT setrole::regrole::text AS role, ARRAY(SELECT one FROM unnest(setconfig) one ORDER BY one COLLATE "C") AS settings
    FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND setrole <> 0 ORDER BY 1`

async function withRolesOf(
  body: (source: string, of: (role: string) => string, suffix: string) => Promise<void>,
): Promise<void> {
  const suffix = `_${randomBytes(4).toString('hex')}`
  const of = (role: string) => `"${role.replaceAll('"', '""')}${suffix}"`
  await withTestDatabase(production.address.url, async (source) => {
    const database = `"${decodeURIComponent(new URL(source).pathname.slice(1))}"`
    try {
      await query(source, toSource(of, database))
      await body(source, of, suffix)
    } finally {
      const roles = ['helper', 'app', 'Read "all"', 'deploy', 'team', 'stranger'].map(of)
      await query(source, `ALTER DATABASE ${database} OWNER TO CURRENT_USER`)
      for (const role of roles)
        await query(source, `DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`).catch(() => {})
    }
  })
}

// Roles belong to a server: on the one that tests share, runs beside these would meet them.
const caches = [makeTemporaryCacheFolder(), makeTemporaryCacheFolder()] as const
let production: RunningPostgres
let server: RunningPostgres
beforeAll(async () => {
  const start = ({ folder: cacheFolder }: (typeof caches)[number]) =>
    startPostgres('embedded', { cacheFolder, progress: silentProgress })
  production = await start(caches[0])
  server = await start(caches[1])
}, 60_000)
afterAll(async () => {
  await Promise.all([production.stop(), server.stop()])
  for (const { remove } of caches) remove()
})

describe('a snapshot of a database with roles', () => {
  it('loads with the owners, rights, default privileges and policies of its source', async () => {
    await withRolesOf(async (source, of) => {
      await withTemporaryFolder(async (parent) => {
        const { manifest } = await captureExample(source, join(parent, 'a'), toExamplePolicy(tables))
        const nameOf = (role: string) => of(role).slice(1, -1).replaceAll('""', '"')
        expect(manifest.databaseOwner).toBe(nameOf('deploy'))
        const roles = new Map(manifest.roles?.map((role) => [role.name, role]))
        expect([...roles.keys()].toSorted()).toEqual(
          ['Read "all"', 'app', 'deploy', 'helper', 'team'].map(nameOf).toSorted(),
        )
        expect(roles.get(nameOf('app'))).toMatchObject({
          login: true,
          inherit: false,
          memberOf: [
            { role: 'pg_read_all_settings', admin: false },
            { role: nameOf('Read "all"'), admin: true },
          ],
          settings: ['statement_timeout=5s'],
        })
        expect(roles.get(nameOf('deploy'))).toMatchObject({
          createrole: true,
          memberOf: [{ role: nameOf('team') }],
          settings: [`role=${nameOf('team')}`],
        })
        const snapshot = await readSnapshot(join(parent, 'a'))
        const files = ['manifest.json', 'schema/pre-data.sql', 'schema/post-data.sql']
        const written = await Promise.all(files.map((file) => readFile(join(snapshot.folder, file), 'utf8')))
        expect(written.join()).not.toMatch(/secret-word|SCRAM|stranger/)
        await withTestDatabase(production.address.url, async (copy) => {
          await query(copy, `ALTER DATABASE "${new URL(copy).pathname.slice(1)}" OWNER TO ${of('deploy')}`)
          await loadSnapshot(snapshot, copy, { progress: silentProgress })
          expect(await query(copy, RIGHTS)).toEqual(await query(source, RIGHTS))
          const schemaOf = async (url: string) => {
            const schema = await withClient(url, (client) => fetchSchema(client, 'public.none'))
            return { ...schema, sequences: schema.sequences.map((sequence) => ({ ...sequence, file: '' })) }
          }
          expect(await schemaOf(copy)).toEqual(await schemaOf(source))
          expect(await query(copy, SETTINGS)).toEqual(await query(source, SETTINGS))
        })
        expect(await tryLoading(snapshot, server, silentProgress)).toMatchObject({ passed: true })
      })
    })
  })

  it('has the names that its policy gives to roles, and refuses a role that the policy does not list', async () => {
    await withRolesOf(async (source, _of, suffix) => {
      await withTemporaryFolder(async (parent) => {
        const listed = Object.fromEntries(
          ['Read "all"', 'app', 'deploy', 'helper', 'team'].map((name) => [`${name}${suffix}`, `${name} 2`]),
        )
        const { [`helper${suffix}`]: _left, ...less } = listed
        const short = captureExample(source, join(parent, 'short'), toExamplePolicy(tables, { roles: less }))
        await expect(short).rejects.toMatchObject({
          code: 'policy-invalid',
          message: expect.stringContaining(
            `roles: the role helper${suffix} is one that the policy does not list`,
          ),
        })
        const policy = toExamplePolicy(tables, { roles: listed })
        const { manifest } = await captureExample(source, join(parent, 'b'), policy)
        expect(manifest.databaseOwner).toBe('deploy 2')
        const post = await readFile(join(parent, 'b', 'schema/post-data.sql'), 'utf8')
        expect(post).not.toContain(suffix)
        expect(JSON.stringify(manifest)).not.toContain(suffix)
        expect(post).toContain(`SET role TO ''Read "all" 2''`)
        expect(post).toContain('TO "app 2", "Read ""all"" 2" USING')
        const snapshot = await readSnapshot(join(parent, 'b'))
        expect(await tryLoading(snapshot, server, silentProgress)).toMatchObject({ passed: true })
        const left = await query(
          server.connectionString('phaseproof_x').replace('phaseproof_x', 'postgres'),
          "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'",
        )
        expect(left).toEqual([{ rolname: 'phaseproof' }])
      })
    })
  })
})
