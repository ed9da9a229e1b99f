import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { MigrationHistory } from '../model/tool.ts'
import { type OpenServer, openDatabases } from '../postgres/databases.ts'
import { inspectDatabase } from './inspect-database.ts'
import { runProbes } from './run-probes.ts'
import { withDatabase } from './with-database.ts'
import '../vitest/provided.ts'

const name = `phaseproof_test_${randomBytes(6).toString('hex')}`
/** A tool that records nothing but names. */
const tool: MigrationHistory = {
  historyTable: 'applied',
  fetchOtherHistories: async () => [],
  fetchHistory: async (client) => {
    const found = await client.query<{ table: string | null }>(`SELECT to_regclass('applied') AS "table"`)
    if (found.rows[0]?.table == null) return []
    const { rows } = await client.query<{ name: string }>('SELECT name FROM applied')
    return rows.map(({ name: migration }) => ({ ...unknown, name: migration }))
  },
}
const unknown = {
  checksum: '',
  startedAt: '',
  finishedAt: null,
  rolledBackAt: null,
  appliedSteps: 0,
  logs: null,
}
let server: OpenServer
let url: string

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  await server.createDatabase(name, { mark: 'test' })
  url = server.connectionString(name)
})

afterAll(async () => {
  await server.dropDatabase(name)
  await server.close()
})

async function run(sql: string): Promise<void> {
  await withDatabase(url, (client) => client.query(sql))
}

async function tableNamed(table: string) {
  const { schema } = await inspectDatabase(url, tool)
  const found = schema.tables.find((entry) => entry.name === table)
  if (!found) throw new Error(`no table ${table}`)
  return found
}

describe('inspecting a database', () => {
  it('finds nothing in an empty one, and no history', async () => {
    const state = await inspectDatabase(url, tool)
    expect(state).toMatchObject({
      schema: { tables: [], enums: [], sequences: [], views: [], functions: [] },
      history: [],
      rowCounts: {},
    })
  })

  it('tells columns as Postgres prints them: modifiers, arrays, defaults, identity, computed', async () => {
    await run(`CREATE TABLE "Odd Name" (
      "id" integer GENERATED ALWAYS AS IDENTITY, "serial" serial, "at" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
      "rate" numeric(5,2) DEFAULT 1.0, "tags" text[] DEFAULT ARRAY[]::text[], "double" integer GENERATED ALWAYS AS (1 + 1) STORED,
      "word" text COLLATE "C")`)
    const { columns } = await tableNamed('Odd Name')
    const short = columns.map((column) => [
      column.name,
      column.type,
      column.nullable,
      column.default,
      column.generated,
      column.collation,
    ])
    expect(short).toEqual([
      ['at', 'timestamp(3) without time zone', false, 'CURRENT_TIMESTAMP', null, null],
      ['double', 'integer', true, null, 'stored: (1 + 1)', null],
      ['id', 'integer', false, null, 'identity-always', null],
      ['rate', 'numeric(5,2)', true, '1.0', null, null],
      ['serial', 'integer', false, `nextval('public."Odd Name_serial_seq"'::regclass)`, null, null],
      ['tags', 'text[]', true, 'ARRAY[]::text[]', null, null],
      ['word', 'text', true, null, null, 'C'],
    ])
  })

  it('tells keys of an index with direction, expression, predicate, method and included columns', async () => {
    await run(`CREATE TABLE "indexed" ("a" int, "b" text, "c" int);
      CREATE INDEX "i1" ON "indexed" ("a" DESC, "b" NULLS FIRST) INCLUDE ("c") WHERE "c" > 0;
      CREATE UNIQUE INDEX "i2" ON "indexed" (lower("b")); CREATE INDEX "i3" ON "indexed" USING hash ("a")`)
    const { indexes } = await tableNamed('indexed')
    expect(
      indexes.map(({ name: index, keys, include, unique, where, method }) => ({
        index,
        keys,
        include,
        unique,
        where,
        method,
      })),
    ).toEqual([
      {
        index: 'i1',
        keys: ['a DESC', 'b NULLS FIRST'],
        include: ['c'],
        unique: false,
        where: '(c > 0)',
        method: 'btree',
      },
      { index: 'i2', keys: ['lower(b)'], include: [], unique: true, where: null, method: 'btree' },
      { index: 'i3', keys: ['a'], include: [], unique: false, where: null, method: 'hash' },
    ])
  })

  it('tells of an index key what is not the default: collation, operator class, its options', async () => {
    await run(`CREATE DOMAIN "word" AS text; CREATE TABLE "keyed" ("a" text, "b" text COLLATE "C", "d" "word", "v" varchar(9), "t" tsvector);
      CREATE UNIQUE INDEX "k1" ON "keyed" ("a" text_pattern_ops DESC, "b", "d", "v") NULLS NOT DISTINCT WITH (fillfactor = 70);
      CREATE INDEX "k2" ON "keyed" ("a" COLLATE "C", "b" COLLATE "POSIX" text_pattern_ops, lower("a") text_pattern_ops, lower("a"));
      CREATE INDEX "k3" ON "keyed" USING gist ("t" tsvector_ops (siglen = 100))`)
    const { indexes } = await tableNamed('keyed')
    expect(
      indexes.map(({ keys, nullsNotDistinct, parameters }) => [keys, nullsNotDistinct, parameters]),
    ).toEqual([
      [['a text_pattern_ops DESC', 'b', 'd', 'v'], true, ['fillfactor=70']],
      [
        ['a COLLATE "C"', 'b COLLATE "POSIX" text_pattern_ops', 'lower(a) text_pattern_ops', 'lower(a)'],
        false,
        [],
      ],
      [['t tsvector_ops (siglen=100)'], false, []],
    ])
  })

  it('tells a key whose triggers are off, and counts the rows without a parent whatever their types', async () => {
    await run(`CREATE TABLE "folk" ("a" bigint, "b" text COLLATE "C", PRIMARY KEY ("a", "b"));
      CREATE TABLE "kin" ("a" int, "b" text, FOREIGN KEY ("a", "b") REFERENCES "folk" MATCH FULL DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE "kith" ("a" int, "b" text, FOREIGN KEY ("a", "b") REFERENCES "folk" ON DELETE SET NULL ("b"));
      INSERT INTO "folk" VALUES (1, 'x');
      SET session_replication_role = replica;
      INSERT INTO "kin" VALUES (1, 'x'), (1, 'y'), (1, NULL), (NULL, NULL);
      INSERT INTO "kith" VALUES (1, 'x'), (1, 'y'), (1, NULL), (NULL, NULL);
      SET session_replication_role = origin; ALTER TABLE "kith" DISABLE TRIGGER ALL`)
    const keyOf = async (table: string) =>
      (await tableNamed(table)).constraints.find(({ kind }) => kind === 'foreign-key')
    expect(await keyOf('kin')).toMatchObject({
      validated: true,
      deferrable: true,
      initiallyDeferred: true,
      disabledOn: [],
      references: { match: 'FULL', orphans: 2, setColumns: [] },
    })
    expect(await keyOf('kith')).toMatchObject({
      disabledOn: ['public.kith'],
      references: { match: 'SIMPLE', orphans: 1, setColumns: ['b'] },
    })
  })

  it('counts for the keys of partitions once, with their parent', async () => {
    await run(`CREATE TABLE "years" ("y" int PRIMARY KEY);
      CREATE TABLE "days" ("y" int REFERENCES "years") PARTITION BY LIST ("y"); CREATE TABLE "days_1" PARTITION OF "days" FOR VALUES IN (1);
      SET session_replication_role = replica; INSERT INTO "days" VALUES (1)`)
    const orphansOf = async (table: string) =>
      (await tableNamed(table)).constraints.map(({ references }) => references?.orphans)
    expect([await orphansOf('days'), await orphansOf('days_1')]).toEqual([[1], [null]])
  })

  it('tells which columns a sequence feeds and which owns it', async () => {
    await run(`CREATE SEQUENCE "shared"; CREATE TABLE "fed" ("a" int DEFAULT nextval('shared'), "b" bigint DEFAULT nextval('shared'));
      INSERT INTO "fed" ("a") VALUES (90)`)
    const { schema } = await inspectDatabase(url, tool)
    expect(schema.sequences.find((entry) => entry.name === 'shared')).toMatchObject({
      ownedBy: null,
      feeds: [
        { column: 'a', type: 'integer', outermost: '90' },
        { column: 'b', type: 'bigint', outermost: '1' },
      ],
    })
  })

  it('tells an index that is not valid and a constraint that was never validated', async () => {
    await run(`CREATE TABLE "twins" ("a" int, "b" int); INSERT INTO "twins" VALUES (1, 1), (1, 2);
      ALTER TABLE "twins" ADD CONSTRAINT "small" CHECK ("b" < 2) NOT VALID`)
    await run('CREATE UNIQUE INDEX CONCURRENTLY "twins_a" ON "twins" ("a")').catch(() => {})
    const { indexes, constraints } = await tableNamed('twins')
    expect(indexes).toMatchObject([{ name: 'twins_a', valid: false }])
    expect(constraints).toMatchObject([{ name: 'small', kind: 'check', validated: false }])
  })

  it('tells the actions of a foreign key', async () => {
    await run(`CREATE TABLE "parent" ("id" int PRIMARY KEY);
      CREATE TABLE "child" ("p" int REFERENCES "parent" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE)`)
    const { constraints } = await tableNamed('child')
    expect(constraints).toMatchObject([
      {
        kind: 'foreign-key',
        columns: ['p'],
        deferrable: true,
        references: { table: 'public.parent', columns: ['id'], onDelete: 'SET NULL', onUpdate: 'CASCADE' },
      },
    ])
  })

  it.for([
    ['after a restart that was not used yet', 'ALTER SEQUENCE "numbers_id_seq" RESTART WITH 100', '100'],
    ['after a value was handed out', `SELECT setval('numbers_id_seq', 41)`, '42'],
    ['when it is used up', `SELECT setval('numbers_id_seq', 2147483647)`, '2147483648'],
  ] as const)('tells the next value of a sequence %s', async ([, sql, nextValue]) => {
    await run(
      `DROP TABLE IF EXISTS "numbers"; CREATE TABLE "numbers" ("id" serial); INSERT INTO "numbers" VALUES (7); ${sql}`,
    )
    const { schema } = await inspectDatabase(url, tool)
    expect(schema.sequences.find((entry) => entry.name === 'numbers_id_seq')).toMatchObject({
      nextValue,
      limit: '2147483647',
      ownedBy: { table: 'public.numbers', column: 'id', type: 'integer', outermost: '7' },
      feeds: [{ table: 'public.numbers', column: 'id', type: 'integer', outermost: '7' }],
    })
  })

  it('counts the rows of every table in every namespace, and leaves the tool’s own out', async () => {
    await run(`CREATE SCHEMA "audit"; CREATE TABLE "audit"."log" ("a" int); INSERT INTO "audit"."log" SELECT generate_series(1, 5);
      CREATE TABLE applied (name text); INSERT INTO applied VALUES ('1_a')`)
    const { rowCounts, history, schema } = await inspectDatabase(url, tool)
    expect(rowCounts).toMatchObject({ 'audit.log': 5, 'public.twins': 2 })
    expect(schema.tables.some((entry) => entry.name === 'applied')).toBe(false)
    expect(history).toEqual([{ ...unknown, name: '1_a' }])
  })

  it('reads the same from the same database twice', async () => {
    expect(await inspectDatabase(url, tool)).toEqual(await inspectDatabase(url, tool))
  })
})

describe('a probe', () => {
  const ask = (statements: readonly string[]) =>
    withDatabase(url, (client) =>
      runProbes(
        client,
        [{ kind: 'probe', title: 't', sql: '', outcome: 'accepted' }],
        async () => statements,
      ),
    )

  it('is rolled back, accepted or not', async () => {
    await ask(['INSERT INTO "parent" VALUES (1)'])
    await ask(['INSERT INTO "parent" VALUES (2)', 'INSERT INTO "parent" VALUES (2)'])
    expect((await inspectDatabase(url, tool)).rowCounts['public.parent']).toBe(0)
  })

  it('tells the statement that was refused when it is not the last', async () => {
    expect(await ask(['SELECT 1/0', 'SELECT 1'])).toEqual([
      { title: 't', refusal: { sqlstate: '22012', message: 'division by zero' }, brokenAt: 0 },
    ])
  })

  it('asks deferred constraints before it ends', async () => {
    await run(`CREATE TABLE "late" ("p" int REFERENCES "parent" ("id") DEFERRABLE INITIALLY DEFERRED)`)
    expect(await ask(['INSERT INTO "late" VALUES (99)'])).toMatchObject([{ refusal: { sqlstate: '23503' } }])
  })
})

it('tells a server that is not there as lost, without its password', async () => {
  const failing = inspectDatabase('postgresql://me:hidden@127.0.0.1:1/phaseproof_x', tool)
  await expect(failing).rejects.toMatchObject({
    code: 'postgres-lost',
    message: expect.not.stringContaining('hidden'),
  })
})
