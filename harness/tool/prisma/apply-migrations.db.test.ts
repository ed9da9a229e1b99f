import { describe, expect, it } from 'vitest'
import { type DatabaseForTest, toMigration, withDatabaseForTest } from '../../testing/database-for-test.ts'
import { stagePhase } from '../stage-phase.ts'
import { applyMigrations } from './apply-migrations.ts'
import type { TransactionRule } from './send-script.ts'

const RULES: readonly TransactionRule[] = ['one-batch', 'per-statement']
const NOTHING_LEFT = { sessions: 0, locks: 0 }

/** Replays files given as name and SQL, and holds that nothing of the replay stays on the server. */
async function replay(database: DatabaseForTest, rule: TransactionRule, files: Record<string, string>) {
  const migrations = Object.entries(files).map(([name, sql]) => toMigration(name, sql))
  const { connectionString } = database
  try {
    return await applyMigrations({ connectionString, migrations, expectedNew: Object.keys(files) }, rule)
  } finally {
    expect(await database.leftovers()).toEqual(NOTHING_LEFT)
  }
}

describe.each(RULES)('applyMigrations, %s', (rule) => {
  it('applies a phase out of order on a history that is there in part', () =>
    withDatabaseForTest(async (database) => {
      const all = ['1', '2', '3', '4'].map((n) => toMigration(`2024 ${n}`, `create table t${n}();`))
      const { connectionString } = database
      const heard: unknown[] = []
      const apply = (recorded: string[], names: string[]) =>
        applyMigrations(
          {
            connectionString,
            migrations: stagePhase(all, recorded, names),
            expectedNew: names,
            onMigration: (...told) => heard.push(told),
          },
          rule,
        )
      const first = await apply([], ['2024 3'])
      const second = await apply(['2024 3'], ['2024 4', '2024 1'])
      expect([first.applied, second.applied]).toEqual([['2024 3'], ['2024 1', '2024 4']])
      expect([first.failure, second.failure]).toEqual([null, null])
      expect(await database.history()).toEqual(['2024 3: finished', '2024 1: finished', '2024 4: finished'])
      expect(await database.tables()).toEqual(['t1', 't3', 't4'])
      expect(heard).toEqual([
        ['2024 3', 1, 1],
        ['2024 1', 1, 2],
        ['2024 4', 2, 2],
      ])
    }))

  it('records the checksum of the file, in UTF-8', () =>
    withDatabaseForTest(async (database) => {
      const migration = toMigration('1', "comment on schema public is 'é😀';\r\n")
      await replay(database, rule, { '1': migration.sql })
      expect(await database.rows('SELECT checksum FROM _prisma_migrations')).toEqual([[migration.checksum]])
    }))

  it('does nothing and says so when nothing is pending', () =>
    withDatabaseForTest(async (database) => {
      await replay(database, rule, { '1': 'create table a();' })
      expect(await replay(database, rule, { '1': 'create table a();' })).toMatchObject({
        applied: [],
        failure: null,
      })
    }))

  it.each([
    ['blocks', "do $$ begin perform ';'; create table a(); end $$; do 'begin create table b(); end';"],
    ['strings and comments', "create table a(x text default ';'); -- ;\n/* ; /* ; */ */ create table b();"],
    [
      'functions',
      'create function f() returns int language sql as $f$ select 1; $f$; create table a(); create table b();',
    ],
    ['the word ERROR', "create table a(x text default 'ERROR'); create table b();"],
    ['an own transaction', 'begin; create table a(); commit; create table b();'],
    ['statements that return rows', 'select 1; create table a(); select 2; create table b();'],
  ])('takes a file with %s', (_, sql) =>
    withDatabaseForTest(async (database) => {
      expect(await replay(database, rule, { '1': sql })).toMatchObject({ applied: ['1'], failure: null })
      expect(await database.tables()).toEqual(['a', 'b'])
    }),
  )

  it.each(['', '-- nothing', '/* nothing */\n'])('records the file %j, which does nothing', (sql) =>
    withDatabaseForTest(async (database) => {
      expect(await replay(database, rule, { '1': sql })).toMatchObject({ applied: ['1'], failure: null })
      expect(await database.history()).toEqual(['1: finished'])
    }),
  )

  it('keeps the first of two migrations when the second fails', () =>
    withDatabaseForTest(async (database) => {
      const outcome = await replay(database, rule, {
        '1': 'create table a();',
        '2': 'create table a();',
        '3': 'create table c();',
      })
      expect(outcome).toMatchObject({ applied: ['1'], failure: { migration: '2', sqlstate: '42P07' } })
      expect(await database.history()).toEqual(['1: finished', '2: failed'])
      expect(await database.tables()).toEqual(['a'])
    }))

  it.each([
    ['by position', 'create table a();\ncreate table b();\n\nselect nowhere\nfrom a;', 4, '42703'],
    ['without position', 'create table a();\n-- x\ncreate table b();\ncreate table a();', 4, '42P07'],
    ['after characters of several bytes', "select 'é😀';\nselect '😀',\n nowhere;", 3, '42703'],
    ['after CRLF', 'select 1;\r\n\r\nselect\r\n nowhere;', 4, '42703'],
    ['of a syntax error', 'select 1;\n\nselekt 2;', 3, '42601'],
    [
      'inside a block',
      'select 1;\ndo $$\nbegin\n perform 1;\n create table pg_catalog.x();\nend $$;',
      5,
      '42501',
    ],
    ['of a block that does not parse', 'select 1;\ndo $$\nbegin\n nonsense;\nend $$;', 4, '42601'],
    ['behind a byte order mark', '\uFEFFselect 1;', 1, '42601'],
    [
      'of rows that break a rule',
      'create table a(x int);\ninsert into a values (null);\nalter table a\n alter x set not null;',
      3,
      '23502',
    ],
  ])('tells the line %s', (_, sql, line, sqlstate) =>
    withDatabaseForTest(async (database) => {
      const { failure } = await replay(database, rule, { '1': sql })
      expect(failure).toMatchObject({ migration: '1', file: 'migrations/1/migration.sql', line, sqlstate })
    }),
  )

  const keyed = 'create table p(id int primary key);\ncreate table c(p int);\n'
  const deferred = 'alter table c add foreign key (p) references p deferrable initially deferred;\n'
  it.each([
    [
      'of a row that breaks a deferred key',
      `${keyed}${deferred}insert into c values (9);\ncreate table d();`,
      4,
    ],
    [
      'of a row that is mended before the commit',
      `${keyed}${deferred}insert into c values (9);\ndelete from c;\ncreate table p();`,
      6,
    ],
    ['of the last row', `${keyed}${deferred}insert into p values (1);\ninsert into c values (9);`, 5],
    [
      'of a row that a deferred unique refuses',
      'create table u(x int unique deferrable initially deferred);\ninsert into u values (1), (1);\ncreate table d();',
      2,
    ],
    [
      'of a row that a deferred trigger refuses',
      `create table t(x int);\ncreate function f() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
create constraint trigger g after insert on t deferrable initially deferred for each row execute function f();
insert into t values (1);
create table d();`,
      4,
    ],
    [
      'of the commit, in a transaction of its own',
      `begin;\n${keyed}${deferred}insert into c values (9);\ncreate table d();\ncommit;`,
      7,
    ],
    ['of what failed by itself in a file that defers', `${keyed}${deferred}create table p();`, 4],
  ])('tells the line %s', (_, sql, line) =>
    withDatabaseForTest(async (database) => {
      const { failure } = await replay(database, 'one-batch', { '1': sql })
      expect(failure?.line).toBe(line)
      expect(await database.tables()).toEqual([])
    }),
  )

  it('says what Postgres said, with a hint, and cuts a long statement', () =>
    withDatabaseForTest(async (database) => {
      const sql = `create table trip(driver int);\nselect driber,\n  '${'x'.repeat(600)}' from trip;`
      const { failure } = await replay(database, rule, { '1': sql })
      expect(failure).toMatchObject({
        message: 'column "driber" does not exist',
        hint: 'Perhaps you meant to reference the column "trip.driver".',
        detail: null,
      })
      expect(failure?.statement).toMatch(/^select driber, 'x+…$/)
      expect(failure?.statement).toHaveLength(500)
    }))

  it('shows no value of a row, in the failure or in the history', () =>
    withDatabaseForTest(async (database) => {
      await replay(database, rule, { '1': 'create table p(mail text, n text);' })
      await database.rows(
        `INSERT INTO p VALUES ('mara@invented.example', 'seven'), ('mara@invented.example', '')`,
      )
      const unique = await replay(database, rule, { '1': '', '2': 'create unique index u on p(mail);' })
      expect(unique.failure).toMatchObject({
        message: 'could not create unique index "u"',
        detail: 'Key (mail)=(…) is duplicated.',
      })
      await database.rows('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL')
      const cast = await replay(database, rule, {
        '1': '',
        '2': 'alter table p alter n type int using n::int;',
      })
      expect(cast.failure?.message).toBe('invalid input syntax for type integer: "…"')
      const logs = String(await database.rows('SELECT logs FROM _prisma_migrations WHERE logs IS NOT NULL'))
      expect(logs).toContain('Unique constraint failed')
      expect(logs).not.toMatch(/mara|seven/)
    }))

  it('leaves an own transaction that failed undone and without a log, as Prisma does', () =>
    withDatabaseForTest(async (database) => {
      const outcome = await replay(database, rule, { '1': 'begin;\ncreate table a();\nselect 1/0;\ncommit;' })
      expect(outcome.failure).toMatchObject({ sqlstate: '22012', line: 3, message: 'division by zero' })
      expect(await database.rows('SELECT finished_at, logs FROM _prisma_migrations')).toEqual([[null, null]])
      expect(await database.tables()).toEqual([])
    }))

  it('reports a file that leaves an empty search_path behind', () =>
    withDatabaseForTest(async (database) => {
      const outcome = await replay(database, rule, {
        '1': "select set_config('search_path', '', false); create table public.a();",
        '2': 'create table public.b();',
      })
      expect(outcome).toMatchObject({
        applied: [],
        failure: {
          migration: '1',
          sqlstate: '42P01',
          line: 1,
        },
      })
      expect(await database.history()).toEqual(['1: failed'])
      expect(await database.tables()).toEqual(['a'])
    }))

  it('is refused by a history that holds a failed row', () =>
    withDatabaseForTest(async (database) => {
      await replay(database, rule, { 'a b': 'select 1/0;' })
      const outcome = await replay(database, rule, { 'a b': 'select 1;', c: 'create table c();' })
      expect(outcome).toMatchObject({
        applied: [],
        failure: {
          migration: 'a b',
          file: 'migrations/a b/migration.sql',
          line: null,
          sqlstate: 'P3009',
          message:
            'migrate found failed migrations in the target database, new migrations will not be applied. The `a b` migration failed',
        },
      })
      expect(await database.tables()).toEqual([])
    }))

  it('calls a session killed in the middle an error of the run, not of the migration', () =>
    withDatabaseForTest(async (database) => {
      const sql = 'create table a(); select pg_terminate_backend(pg_backend_pid()); create table b();'
      await expect(replay(database, rule, { '1': sql })).rejects.toMatchObject({
        code: 'postgres-lost',
        message: expect.stringContaining('57P01'),
      })
    }))

  it('calls a query cancelled from outside an error of the run', () =>
    withDatabaseForTest(async (database) => {
      const sql = 'select pg_cancel_backend(pg_backend_pid()), pg_sleep(1);'
      await expect(replay(database, rule, { '1': sql })).rejects.toMatchObject({ code: 'postgres-lost' })
    }))
})

describe('the two rules differ', () => {
  const tables = (rule: TransactionRule, sql: string) =>
    withDatabaseForTest(async (database) => {
      const { failure } = await replay(database, rule, { '1': sql })
      return {
        sqlstate: failure?.sqlstate,
        tables: await database.tables(),
        history: await database.history(),
      }
    })

  it('in what a failing third statement leaves', async () => {
    const sql = 'create table a(); create table b(); create table a();'
    const history = ['1: failed']
    expect(await tables('one-batch', sql)).toEqual({ sqlstate: '42P07', tables: [], history })
    expect(await tables('per-statement', sql)).toEqual({ sqlstate: '42P07', tables: ['a', 'b'], history })
  })

  it('on CREATE INDEX CONCURRENTLY beside another statement', async () => {
    const sql = 'create table a(x int); create index concurrently i on a(x);'
    expect(await tables('one-batch', sql)).toMatchObject({ sqlstate: '25001', tables: [] })
    expect(await tables('per-statement', sql)).toMatchObject({ sqlstate: undefined, tables: ['a'] })
  })

  it('on an enum value added and used in one file', async () => {
    const files = {
      '1': `create type e as enum ('a'); create table t(x e);`,
      '2': `alter type e add value 'b'; alter table t alter x set default 'b';`,
    }
    const outcome = (rule: TransactionRule) =>
      withDatabaseForTest(async (database) => {
        const { failure } = await replay(database, rule, files)
        return [failure?.sqlstate, await database.rows('SELECT unnest(enum_range(null::e))::text')]
      })
    expect(await outcome('one-batch')).toEqual(['55P04', [['a']]])
    expect(await outcome('per-statement')).toEqual([undefined, [['a'], ['b']]])
  })

  it('but not on DROP INDEX CONCURRENTLY, which stops Prisma from splitting the file', async () => {
    const sql = 'create table a(x int); drop index concurrently if exists i;'
    for (const rule of RULES) expect(await tables(rule, sql)).toMatchObject({ sqlstate: '25001', tables: [] })
  })

  it('but not on a file that does not parse', async () => {
    const sql = 'create table a(); selekt 1;'
    for (const rule of RULES) expect(await tables(rule, sql)).toMatchObject({ sqlstate: '42601', tables: [] })
  })
})

describe('applyMigrations', () => {
  const options = { migrations: [], expectedNew: [] }

  it('names the server and not the password when nobody answers', async () => {
    const connectionString = 'postgresql://u:secret@127.0.0.1:1/phaseproof_x'
    const error = await applyMigrations({ ...options, connectionString }, 'one-batch').catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code: 'postgres-lost', context: { provider: '127.0.0.1:1/phaseproof_x' } })
    expect(`${error.message} ${JSON.stringify(error.context)}`).not.toContain('secret')
  })
})
