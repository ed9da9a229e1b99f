import { describe, expect, it } from 'vitest'
import { type DatabaseForTest, toMigration, withDatabaseForTest } from '../../testing/database-for-test.ts'
import { applyMigrations } from './apply-migrations.ts'
import type { TransactionRule } from './send-script.ts'

const RULES: readonly TransactionRule[] = ['one-batch', 'per-statement']

/** Replays files given by number and SQL in one deploy. */
function deploy({ connectionString }: DatabaseForTest, rule: TransactionRule, files: readonly string[]) {
  const migrations = files.map((sql, at) => toMigration(`${at + 1}`, sql))
  const expectedNew = migrations.map(({ name }) => name)
  return applyMigrations({ connectionString, migrations, expectedNew }, rule)
}

describe.each(RULES)('what a file leaves in the session, %s', (rule) => {
  it.each([
    [
      'SET ROLE',
      'create table a();\nset role pg_monitor;',
      2,
      /^role pg_monitor instead of \w+$/,
      /permission denied/,
    ],
    [
      'SET SESSION AUTHORIZATION',
      'set session authorization pg_monitor;',
      1,
      /^session_authorization pg_monitor/,
      /permission denied/,
    ],
    [
      'a session that only reads',
      'create table a();\n\nset default_transaction_read_only = on;',
      3,
      /^default_transaction_read_only on instead of off$/,
      /read-only/,
    ],
    [
      'an empty search_path',
      "select 1;\nselect pg_catalog.set_config('search_path', '', false);",
      2,
      /^search_path "" instead of "\$user", public$/,
      /_prisma_migrations.* does not exist/,
    ],
    [
      'a search_path set in a block',
      "do $$ begin perform set_config('search_path', 'pg_catalog', false); end $$;",
      1,
      /^search_path pg_catalog/,
      /_prisma_migrations.* does not exist/,
    ],
    [
      'no history',
      'create table a();\ndrop table _prisma_migrations;',
      2,
      /^no table _prisma_migrations$/,
      /does not exist/,
    ],
    [
      'no history, with its namespace',
      'drop schema public cascade;\ncreate schema public;',
      1,
      /^no table _prisma_migrations$/,
      /does not exist/,
    ],
    [
      'a history that refuses',
      'alter table _prisma_migrations add check (finished_at is null);',
      1,
      /^a history that the tool cannot write$/,
      /check constraint/,
    ],
  ])('names the file and line of %s, which the history meets', (_, sql, line, left, said) =>
    withDatabaseForTest(async (database) => {
      const outcome = await deploy(database, rule, [sql, 'select 1;'])
      expect(outcome.applied).toEqual([])
      expect(outcome.failure).toMatchObject({ migration: '1', file: 'migrations/1/migration.sql', line })
      expect(outcome.failure?.message).toMatch(said)
      expect(outcome.session).toMatchObject([{ migration: '1', line, brokeDeploy: true }])
      expect(outcome.session[0]?.left).toMatch(left)
    }),
  )

  it.each([
    ['alone', ['create table a();\nbegin;\ncreate table b();']],
    ['before others', ['begin;\ncreate table a();', 'create table b();']],
  ])('tells an open transaction, %s: its deploy says that all went well, and nothing stays', (_, files) =>
    withDatabaseForTest(async (database) => {
      const outcome = await deploy(database, rule, files)
      expect(outcome.session).toMatchObject([
        { migration: '1', left: 'an open transaction', brokeDeploy: true },
      ])
      expect(outcome.failure).toMatchObject({ migration: '1', line: files.length === 1 ? 2 : 1 })
      expect(outcome.applied).toEqual([])
    }),
  )

  it('tells which later file ran inside of an open transaction that another one ended', () =>
    withDatabaseForTest(async (database) => {
      const outcome = await deploy(database, rule, [
        'begin;\ncreate table a();',
        'create table b();\ncommit;',
      ])
      expect(outcome.failure).toBeNull()
      expect(outcome.session).toMatchObject([
        { migration: '1', left: 'an open transaction', ranUnder: ['2'], brokeDeploy: false },
      ])
    }))

  it.each([
    ["set time zone 'Europe/Paris';", 'TimeZone Europe/Paris instead of UTC'],
    ['set session_replication_role = replica;', 'session_replication_role replica instead of origin'],
    ["set datestyle = 'German';", 'DateStyle German, DMY instead of ISO, MDY'],
    ['set standard_conforming_strings = off;', 'standard_conforming_strings off instead of on'],
    [
      'create schema app; set search_path = app, public;',
      'search_path app, public instead of "$user", public',
    ],
    ['create table a(); create temp table a();', 'a temporary table a, which hides public.a'],
  ])('tells what runs under %s', (sql, left) =>
    withDatabaseForTest(async (database) => {
      const outcome = await deploy(database, rule, [sql, 'select 1;', 'select 2;'])
      expect(outcome.failure).toBeNull()
      expect(outcome.session).toMatchObject([
        { migration: '1', left, ranUnder: ['2', '3'], brokeDeploy: false, changesMeaning: true },
      ])
    }),
  )

  it('does not count files that set the same themselves, nor those after it is undone', () =>
    withDatabaseForTest(async (database) => {
      const files = [
        "set timezone = 'Asia/Tokyo';",
        "set timezone = 'Europe/Paris'; select now();",
        'select 2;',
        'reset timezone;',
        'select 3;',
      ]
      const { session } = await deploy(database, rule, files)
      expect(session).toMatchObject([
        { migration: '1', ranUnder: [], left: 'TimeZone Asia/Tokyo instead of UTC' },
        { migration: '2', ranUnder: ['3'], left: 'TimeZone Europe/Paris instead of UTC' },
      ])
    }))

  it('says nothing where a file leaves the session as it was', () =>
    withDatabaseForTest(async (database) => {
      const { session, failure } = await deploy(database, rule, [
        'set role pg_monitor; reset role;',
        "set timezone = 'UTC'; set search_path = public; set lock_timeout = '5s'; set client_min_messages = warning;",
        "begin; set local timezone = 'Asia/Tokyo'; commit;",
        "set work_mem = '64MB'; select 1;",
      ])
      expect({ session, failure }).toEqual({ session: [], failure: null })
    }))

  it('takes the role that a login becomes by itself for what a new session has', () =>
    withDatabaseForTest(async (database) => {
      await database.rows(`DO $$ BEGIN EXECUTE format('ALTER ROLE %I IN DATABASE %I SET role TO pg_database_owner',
        current_user, current_database()); EXECUTE format('ALTER DATABASE %I OWNER TO pg_monitor', current_database()); END $$`)
      const files = ['create table a();', 'set role none;']
      const { session, failure } = await deploy(database, rule, files)
      expect(failure).toBeNull()
      expect(session).toMatchObject([
        { migration: '2', left: expect.stringMatching(/^role \w+ instead of pg_database_owner$/) },
      ])
    }))

  it('tells of what seldom matters apart, and never a value of an own setting', () =>
    withDatabaseForTest(async (database) => {
      const { session } = await deploy(database, rule, [
        "set check_function_bodies = off; set row_security = off; set app.token = 'invented';",
        'select 1;',
      ])
      expect(session.map(({ left, changesMeaning }) => [left, changesMeaning])).toEqual([
        ['check_function_bodies off instead of on', false],
        ['row_security off instead of on', false],
      ])
    }))

  it('names the time limit under which a later file failed', () =>
    withDatabaseForTest(async (database) => {
      const outcome = await deploy(database, rule, ["set statement_timeout = '20ms';", 'select pg_sleep(2);'])
      expect(outcome.failure).toMatchObject({ migration: '2', sqlstate: '57014' })
      expect(outcome.session).toMatchObject([
        {
          migration: '1',
          left: 'statement_timeout 20ms instead of 0',
          ranUnder: ['2'],
          changesMeaning: true,
        },
      ])
    }))

  it('calls a NUL byte what it is, with its line', () =>
    withDatabaseForTest(async (database) => {
      const { failure } = await deploy(database, rule, ['create table a();\ncreate table b\0();'])
      expect(failure).toMatchObject({ migration: '1', line: 2, sqlstate: '22021' })
      expect(failure?.message).toMatch(/NUL byte/)
    }))
})
