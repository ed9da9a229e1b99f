import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { endClient, openClient } from '../ground/with-client.ts'
import type { RunningPostgres } from '../model/ports.ts'
import { birthLimit } from '../postgres/guard.ts'
import { query } from './with-test-database.ts'

const refusal = expect.objectContaining({ code: 'database-refused' })
const timeout = 30_000

/** A provider as its tests see it. `maintenanceUrl` reaches the server past the guard, as another program would. */
export interface ProviderUnderTest {
  readonly postgres: RunningPostgres
  readonly maintenanceUrl: string
  /** Stops the server and what else the test started. */
  end(): Promise<void>
}

/** The tests that every provider of a Postgres server passes. */
export function describePostgresServer(name: string, start: () => Promise<ProviderUnderTest>): void {
  describe(`the ${name} server`, { timeout }, () => {
    let under: ProviderUnderTest
    let postgres: RunningPostgres

    beforeAll(async () => {
      under = await start()
      postgres = under.postgres
    }, 400_000)
    afterAll(() => under?.end(), timeout)
    beforeEach(async () => {
      for (const database of await postgres.listDatabases()) await postgres.dropDatabase(database.name)
    })

    const ask = (database: string, sql: string) => query(postgres.connectionString(database), sql)
    const outside = (sql: string) => query(under.maintenanceUrl, sql)

    it('tells its version and a description', () => {
      expect(postgres.version.major).toBeGreaterThanOrEqual(13)
      expect(postgres.version.text).toMatch(new RegExp(`^${postgres.version.major}\\.`))
      expect(postgres.description).not.toBe('')
    })

    it('creates an empty database that can be written', async () => {
      await postgres.createDatabase('phaseproof_empty', { mark: 'for a test' })
      await ask('phaseproof_empty', 'CREATE TABLE trip (id int); INSERT INTO trip VALUES (1)')
      expect(await ask('phaseproof_empty', 'SELECT id FROM trip')).toEqual([{ id: 1 }])
      expect(await postgres.listDatabases()).toEqual([
        { name: 'phaseproof_empty', mark: 'for a test', sealed: false },
      ])
    })

    it('keeps a mark with quotes, colons and line breaks as it was given', async () => {
      const mark = `it's: "a"\nmark \\ ';--`
      await postgres.createDatabase('phaseproof_mark', { mark })
      expect(await postgres.listDatabases()).toEqual([{ name: 'phaseproof_mark', mark, sealed: false }])
    })

    it('seals a database with its sessions ended, and lets nobody in afterwards', async () => {
      await postgres.createDatabase('phaseproof_base', { mark: 'building' })
      const session = await openClient(postgres.connectionString('phaseproof_base'))
      await postgres.sealDatabase('phaseproof_base', 'checkpoint 1')
      expect(await postgres.listDatabases()).toEqual([
        { name: 'phaseproof_base', mark: 'checkpoint 1', sealed: true },
      ])
      await expect(session.query('SELECT 1')).rejects.toThrow()
      await expect(ask('phaseproof_base', 'SELECT 1')).rejects.toThrow(/not currently accepting connections/)
      await endClient(session)
    })

    it('makes several copies of one sealed database at once, each its own', async () => {
      await postgres.createDatabase('phaseproof_base', { mark: 'building' })
      await ask('phaseproof_base', 'CREATE TABLE trip (id int); INSERT INTO trip VALUES (1)')
      await postgres.sealDatabase('phaseproof_base', 'checkpoint 1')
      const names = Array.from({ length: 6 }, (_, index) => `phaseproof_copy_${index}`)
      await Promise.all(
        names.map((copy) => postgres.createDatabase(copy, { mark: copy, template: 'phaseproof_base' })),
      )
      await ask('phaseproof_copy_0', 'DELETE FROM trip')
      expect(await ask('phaseproof_copy_0', 'SELECT id FROM trip')).toEqual([])
      expect(await ask('phaseproof_copy_5', 'SELECT id FROM trip')).toEqual([{ id: 1 }])
      expect((await postgres.listDatabases()).map((database) => database.mark)).toEqual([
        'checkpoint 1',
        ...names,
      ])
    })

    it('gives a copy the settings of its database and the rights on it, which Postgres leaves out', async () => {
      await postgres.createDatabase('phaseproof_base', { mark: 'building' })
      await ask('phaseproof_base', `ALTER DATABASE phaseproof_base SET timezone = 'Asia/Tokyo'`)
      await ask('phaseproof_base', `ALTER DATABASE phaseproof_base SET search_path = "$user", app, public`)
      await ask('phaseproof_base', `ALTER DATABASE phaseproof_base SET app.motto = 'it''s; "late"'`)
      await ask('phaseproof_base', `ALTER ROLE CURRENT_USER IN DATABASE phaseproof_base SET work_mem = '5MB'`)
      await ask('phaseproof_base', 'REVOKE TEMPORARY ON DATABASE phaseproof_base FROM PUBLIC')
      await ask('phaseproof_base', 'GRANT CREATE ON DATABASE phaseproof_base TO pg_monitor WITH GRANT OPTION')
      await postgres.sealDatabase('phaseproof_base', 'checkpoint 1')
      await postgres.createDatabase('phaseproof_copy', { mark: 'copy', template: 'phaseproof_base' })
      const settings = ['TimeZone', 'search_path', 'app.motto', 'work_mem'].map(
        (setting) => `current_setting('${setting}')`,
      )
      expect(await ask('phaseproof_copy', `SELECT ARRAY[${settings.join(', ')}] AS found`)).toEqual([
        { found: ['Asia/Tokyo', '"$user", app, public', `it's; "late"`, '5MB'] },
      ])
      const rights = await ask(
        'phaseproof_copy',
        `SELECT count(DISTINCT datacl::text) AS lists FROM pg_database WHERE datname IN ('phaseproof_base', 'phaseproof_copy')`,
      )
      expect(rights).toEqual([{ lists: '1' }])
    })

    it('drops a database that is in use, one that is sealed, and takes a missing one for dropped', async () => {
      await postgres.createDatabase('phaseproof_used', { mark: '' })
      await postgres.createDatabase('phaseproof_sealed', { mark: '' })
      await postgres.sealDatabase('phaseproof_sealed', '')
      const session = await openClient(postgres.connectionString('phaseproof_used'))
      for (const name of ['phaseproof_used', 'phaseproof_sealed', 'phaseproof_missing']) {
        await postgres.dropDatabase(name)
      }
      expect(await postgres.listDatabases()).toEqual([])
      await endClient(session)
    })

    it('refuses a name that is taken, and one that is missing', async () => {
      await postgres.createDatabase('phaseproof_a', { mark: 'a' })
      await postgres.createDatabase('phaseproof_b', { mark: 'b' })
      await expect(postgres.createDatabase('phaseproof_a', { mark: 'c' })).rejects.toThrow(refusal)
      await expect(postgres.sealDatabase('phaseproof_missing', 'c')).rejects.toThrow(refusal)
    })

    it('refuses to copy a database that may still change', async () => {
      await postgres.createDatabase('phaseproof_open', { mark: '' })
      await expect(
        postgres.createDatabase('phaseproof_copy', { mark: '', template: 'phaseproof_open' }),
      ).rejects.toThrow(/not sealed/)
    })

    it('takes a database that a killed run left without a mark for its own, where no other run can make one', async () => {
      await outside(`CREATE DATABASE phaseproof_half CONNECTION LIMIT ${birthLimit}`)
      const isShared = postgres.provider === 'external'
      const names = (await postgres.listDatabases()).map(({ name }) => name)
      expect(names).toEqual(isShared ? [] : ['phaseproof_half'])
      const drop = postgres.dropDatabase('phaseproof_half')
      await (isShared ? expect(drop).rejects.toThrow(refusal) : expect(drop).resolves.toBeUndefined())
      await outside('DROP DATABASE IF EXISTS phaseproof_half')
    })

    describe('beside a database it did not create', () => {
      const foreign = 'phaseproof_foreign'
      beforeAll(() => outside(`CREATE DATABASE ${foreign}`))
      afterAll(() => outside(`DROP DATABASE ${foreign} WITH (FORCE)`))

      const attempts: readonly [string, (server: RunningPostgres) => Promise<void>][] = [
        ['to drop it', (server) => server.dropDatabase(foreign)],
        ['to seal it', (server) => server.sealDatabase(foreign, 'mine')],
        ['to copy it', (server) => server.createDatabase('phaseproof_mine', { mark: '', template: foreign })],
        ['to create it again', (server) => server.createDatabase(foreign, { mark: '' })],
      ]

      it.each(attempts)('refuses %s', async (_, attempt) => {
        await expect(attempt(postgres)).rejects.toThrow(refusal)
        const [row] = await outside(
          `SELECT datallowconn, datistemplate, shobj_description(oid, 'pg_database') AS comment
             FROM pg_database WHERE datname = '${foreign}'`,
        )
        expect(row).toEqual({ datallowconn: true, datistemplate: false, comment: null })
        expect(await postgres.listDatabases()).toEqual([])
      })

      it.each([`comment`, 'phaseproof:external', 'phaseproof'])(
        'refuses to drop it also with the comment %j',
        async (comment) => {
          await outside(`COMMENT ON DATABASE ${foreign} IS '${comment}'`)
          await expect(postgres.dropDatabase(foreign)).rejects.toThrow(refusal)
          await outside(`COMMENT ON DATABASE ${foreign} IS NULL`)
        },
      )
    })

    it.each(['postgres', 'template1', 'phaseproof_a"; DROP DATABASE "postgres', `phaseproof_';--`])(
      'refuses the name %j for every operation',
      async (name) => {
        await expect(postgres.createDatabase(name, { mark: '' })).rejects.toThrow(refusal)
        await expect(postgres.createDatabase('phaseproof_a', { mark: '', template: name })).rejects.toThrow(
          refusal,
        )
        await expect(postgres.dropDatabase(name)).rejects.toThrow(refusal)
        await expect(postgres.sealDatabase(name, '')).rejects.toThrow(refusal)
        expect(() => postgres.connectionString(name)).toThrow(refusal)
      },
    )
  })
}
