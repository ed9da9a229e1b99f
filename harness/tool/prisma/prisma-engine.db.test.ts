import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { toMigration, withDatabaseForTest } from '../../testing/database-for-test.ts'
import { applyMigrations } from './apply-migrations.ts'
import { withPrismaEngine } from './prisma-engine.ts'

const nothing = { migrations: [], expectedNew: [] }

describe('withPrismaEngine', () => {
  it('ends its session when the caller fails', () =>
    withDatabaseForTest(async ({ connectionString, leftovers }) => {
      const failing = withPrismaEngine({ connectionString, rule: 'one-batch' }, async (engine) => {
        await engine.applyMigrations([])
        expect(await leftovers()).toEqual({ sessions: 1, locks: 1 })
        throw new Error('the caller failed')
      })
      await expect(failing).rejects.toThrow('the caller failed')
      expect(await leftovers()).toEqual({ sessions: 0, locks: 0 })
    }))

  it('says that the role of the deploy lacks a right where it may not reach the history', () =>
    withDatabaseForTest(async ({ connectionString, rows }) => {
      await rows(`DO $$ BEGIN EXECUTE format('ALTER ROLE %I IN DATABASE %I SET role TO pg_monitor',
        current_user, current_database()); END $$`)
      const migrations = [toMigration('1', 'create table a();')]
      await expect(
        applyMigrations({ ...nothing, connectionString, migrations }, 'one-batch'),
      ).rejects.toMatchObject({
        code: 'engine-failed',
        message: expect.stringContaining('permission denied for schema public'),
        remedy: expect.stringContaining('lacks a right'),
      })
    }))

  it('does not take settings from the environment', () =>
    withDatabaseForTest(async ({ connectionString, tables }) => {
      process.env.PGOPTIONS = '-c search_path=pg_temp'
      try {
        const migrations = [toMigration('1', 'create table a();')]
        expect(
          await applyMigrations({ ...nothing, connectionString, migrations }, 'one-batch'),
        ).toMatchObject({
          failure: null,
        })
      } finally {
        delete process.env.PGOPTIONS
      }
      expect(await tables()).toEqual(['a'])
    }))

  it(
    'gives up on an advisory lock held elsewhere, and leaves no session in the queue',
    () =>
      withDatabaseForTest(async (database) => {
        const { connectionString } = database
        const holder = new pg.Client({ connectionString })
        await holder.connect()
        try {
          await holder.query('SELECT pg_advisory_lock(72707369)')
          await expect(applyMigrations({ ...nothing, connectionString }, 'one-batch')).rejects.toMatchObject({
            code: 'engine-failed',
            context: { cause: expect.stringContaining('P1002') },
            remedy: expect.stringContaining('72707369'),
          })
          expect(await database.leftovers()).toEqual({ sessions: 1, locks: 1 })
        } finally {
          await holder.end()
        }
        expect(await applyMigrations({ ...nothing, connectionString }, 'one-batch')).toMatchObject({
          failure: null,
        })
      }),
    30_000,
  )
})

describe('a deploy into another namespace', () => {
  const apply = (connectionString: string, ...files: readonly string[]) =>
    applyMigrations(
      {
        connectionString,
        migrations: files.map((sql, position) => toMigration(String(position + 1), sql)),
        expectedNew: [],
      },
      'one-batch',
      'my app',
    )

  it('makes it, keeps its history there and runs nothing twice', () =>
    withDatabaseForTest(async ({ connectionString, rows }) => {
      const first = 'create table a (id integer);'
      expect(await apply(connectionString, first)).toMatchObject({ applied: ['1'], failure: null })
      expect(await apply(connectionString, first, 'create table b ();')).toMatchObject({ applied: ['2'] })
      const found =
        await rows(`SELECT n.nspname, relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE relkind = 'r' AND n.nspname !~ '^(pg_|information)' ORDER BY 2`)
      expect(found).toEqual(['_prisma_migrations', 'a', 'b'].map((name) => ['my app', name]))
    }))

  it('is refused where the tables are there and the history is not, with how to baseline it', () =>
    withDatabaseForTest(async ({ connectionString, rows }) => {
      await rows('CREATE SCHEMA "my app"')
      await rows('CREATE TABLE "my app".a ()')
      expect(await apply(connectionString, 'create table b ();')).toMatchObject({
        applied: [],
        failure: { sqlstate: 'P3005', remedy: expect.stringMatching(/baseline it.*resolve --applied/) },
      })
    }))
})
