import fc from 'fast-check'
import { DatabaseError } from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { withClient } from '../ground/with-client.ts'
import { fetchSchema } from '../inspect/fetch-schema.ts'
import { withTestDatabase } from '../testing/with-test-database.ts'
import { countRows } from './count-rows.ts'
import { derivePreconditions } from './derive-preconditions.ts'
import '../vitest/provided.ts'

/** A statement of one kind, and rows on which it may fail. */
interface Case {
  readonly name: string
  /** Tables as they are before the phase. */
  readonly before: string
  /** The phase. */
  readonly phase: string
  /** Table and columns that rows are made for, and values of each as SQL. */
  readonly rows: Readonly<Record<string, readonly fc.Arbitrary<string>[]>>
}

const texts = (...values: string[]) => fc.constantFrom(...values)
const orNull = (values: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 4, arbitrary: values }, { weight: 1, arbitrary: fc.constant('NULL') })
const few = fc.integer({ min: 1, max: 12 }).map(String)
const words = texts(`'a'`, `'A'`, `'b'`, `'B '`, `'c'`, `'long enough'`, `''`, `'Ä'`, `'ä'`)
const NOTES = 'CREATE TABLE notes (id int, body text)'
const noteRows = (values: fc.Arbitrary<string>) => ({ notes: [few, orNull(values)] })

const cases: readonly Case[] = [
  {
    name: 'SET NOT NULL',
    before: NOTES,
    phase: 'ALTER TABLE notes ALTER body SET NOT NULL',
    rows: noteRows(words),
  },
  {
    name: 'SET NOT NULL after a backfill',
    before: NOTES,
    phase: `UPDATE notes SET body = CASE WHEN id > 6 THEN 'x' END WHERE body IS NULL; ALTER TABLE notes ALTER body SET NOT NULL`,
    rows: noteRows(words),
  },
  {
    name: 'a unique index after a DELETE',
    before: NOTES,
    phase: `DELETE FROM notes n WHERE n.id < 7; CREATE UNIQUE INDEX ON notes (body)`,
    rows: { notes: [texts('2', '4', '8', '10'), orNull(texts(`'a'`, `'A'`))] },
  },
  {
    name: 'SET NOT NULL after a backfill from another table',
    before: `${NOTES}; CREATE TABLE other (id int, body text)`,
    phase: `UPDATE notes AS n SET body = o.body FROM other o WHERE o.id = n.id AND n.body IS NULL; ALTER TABLE notes ALTER body SET NOT NULL`,
    rows: { notes: [few, orNull(words)], other: [few, orNull(texts(`'same'`))] },
  },
  {
    name: 'SET NOT NULL after a backfill from a table that was changed before',
    before: `${NOTES}; CREATE TABLE other (id int, body text)`,
    phase: `ALTER TABLE other RENAME body TO text; UPDATE other SET text = text WHERE id < 3; UPDATE notes AS n SET body = o.text FROM other o WHERE o.id = n.id AND n.body IS NULL; ALTER TABLE notes ALTER body SET NOT NULL`,
    rows: { notes: [few, orNull(words)], other: [few, orNull(texts(`'same'`))] },
  },
  {
    name: 'SET NOT NULL after a backfill from the table itself, changed before',
    before: NOTES,
    phase: `UPDATE notes SET body = NULL WHERE body = ''; UPDATE notes SET body = (SELECT min(o.body) FROM notes o) WHERE body IS NULL; ALTER TABLE notes ALTER body SET NOT NULL`,
    rows: noteRows(words),
  },
  {
    name: 'ADD PRIMARY KEY',
    before: NOTES,
    phase: 'ALTER TABLE notes ADD PRIMARY KEY (id, body)',
    rows: noteRows(words),
  },
  {
    name: 'a required column',
    before: NOTES,
    phase: 'ALTER TABLE notes ADD COLUMN kind text NOT NULL',
    rows: noteRows(words),
  },
  {
    name: 'a unique column with a default',
    before: NOTES,
    phase: `ALTER TABLE notes ADD COLUMN kind text NOT NULL DEFAULT 'x' UNIQUE`,
    rows: noteRows(words),
  },
  {
    name: 'ADD CHECK',
    before: NOTES,
    phase: `ALTER TABLE notes ADD CONSTRAINT short CHECK (length(body) < 5 AND body <> '')`,
    rows: noteRows(words),
  },
  {
    name: 'ADD CHECK of a new column',
    before: NOTES,
    phase: `ALTER TABLE notes ADD COLUMN size int NOT NULL DEFAULT 3; UPDATE notes SET size = length(body) WHERE body IS NOT NULL; ALTER TABLE notes ADD CHECK (size BETWEEN 1 AND 5)`,
    rows: noteRows(words),
  },
  {
    name: 'CHECK with LIKE',
    before: NOTES,
    phase: `ALTER TABLE notes ADD CHECK (body LIKE 'https://%')`,
    rows: noteRows(texts(`'https://a'`, `'http://b'`)),
  },
  {
    name: 'VALIDATE of an older FOREIGN KEY',
    before: `${NOTES}; CREATE TABLE parents (id int PRIMARY KEY); ALTER TABLE notes ADD CONSTRAINT p FOREIGN KEY (id) REFERENCES parents NOT VALID; ALTER TABLE notes DISABLE TRIGGER ALL; INSERT INTO parents SELECT generate_series(1, 9)`,
    phase: 'ALTER TABLE notes VALIDATE CONSTRAINT p',
    rows: noteRows(words),
  },
  {
    name: 'NOT VALID and VALIDATE in one phase',
    before: NOTES,
    phase:
      'ALTER TABLE notes ADD CONSTRAINT small CHECK (id < 11) NOT VALID; ALTER TABLE notes VALIDATE CONSTRAINT small',
    rows: noteRows(words),
  },
  { name: 'UNIQUE', before: NOTES, phase: 'ALTER TABLE notes ADD UNIQUE (body)', rows: noteRows(words) },
  {
    name: 'UNIQUE NULLS NOT DISTINCT',
    before: NOTES,
    phase: 'ALTER TABLE notes ADD UNIQUE NULLS NOT DISTINCT (body)',
    rows: noteRows(words),
  },
  {
    name: 'UNIQUE over two columns',
    before: NOTES,
    phase: 'ALTER TABLE notes ADD CONSTRAINT u UNIQUE (id, body) INCLUDE (id)',
    rows: { notes: [texts('1', '2'), orNull(texts(`'a'`, `'b'`))] },
  },
  {
    name: 'a unique expression',
    before: NOTES,
    phase: 'CREATE UNIQUE INDEX ON notes (lower(body))',
    rows: noteRows(words),
  },
  {
    name: 'a partial unique index',
    before: NOTES,
    phase: `CREATE UNIQUE INDEX ON notes USING btree (body DESC, (id % 2)) WHERE id > 3`,
    rows: { notes: [texts('2', '4', '8', '10'), orNull(texts(`'a'`, `'A'`))] },
  },
  {
    name: 'a unique index of an expression that fails',
    before: NOTES,
    phase: `CREATE UNIQUE INDEX ON notes ((body::int))`,
    rows: noteRows(texts(`'1'`, `' 1'`, `'x'`, `'22'`, `'5'`, `'6'`, `'7'`)),
  },
  {
    name: 'FOREIGN KEY',
    before: `${NOTES}; CREATE TABLE parents (id int)`,
    phase:
      'ALTER TABLE parents ADD PRIMARY KEY (id); ALTER TABLE notes ADD FOREIGN KEY (id) REFERENCES parents',
    rows: { parents: [few], notes: [orNull(few), words] },
  },
  {
    name: 'FOREIGN KEY MATCH FULL',
    before: 'CREATE TABLE parents (a int, b int, UNIQUE (a, b)); CREATE TABLE children (a int, b int)',
    phase: 'ALTER TABLE children ADD FOREIGN KEY (a, b) REFERENCES parents (a, b) MATCH FULL',
    rows: { children: [orNull(texts('1', '2')), orNull(texts('1', '2'))] },
  },
  {
    name: 'FOREIGN KEY MATCH SIMPLE',
    before:
      'CREATE TABLE parents (a int, b int, UNIQUE (a, b)); CREATE TABLE children (a int, b int); INSERT INTO parents VALUES (1, 1), (2, 2), (1, 2)',
    phase: 'ALTER TABLE children ADD FOREIGN KEY (a, b) REFERENCES parents (a, b)',
    rows: { children: [orNull(texts('1', '2')), orNull(texts('1', '2'))] },
  },
  {
    name: 'EXCLUDE',
    before: 'CREATE TABLE stays (id int, during int4range)',
    phase: 'ALTER TABLE stays ADD EXCLUDE USING gist (during WITH &&) WHERE (id > 2)',
    rows: {
      stays: [few, orNull(texts(`'[1,3)'`, `'[3,9)'`, `'[9,12)'`, `'empty'`, `'[20,22)'`, `'[2,4)'`))],
    },
  },
  {
    name: 'text to varchar(5)',
    before: NOTES,
    phase: 'ALTER TABLE notes ALTER body TYPE varchar(5)',
    rows: noteRows(texts(`'12345'`, `'123456'`, `'12345  '`, `'Ääöüß'`)),
  },
  {
    name: 'text to varchar(5) and NOT NULL',
    before: NOTES,
    phase: `ALTER TABLE notes ALTER body TYPE varchar(20), ALTER body SET NOT NULL, ADD CHECK (length(body) > 1)`,
    rows: noteRows(texts(`'12345'`, `'123456'`, `'1'`)),
  },
  {
    name: 'USING with a cast to a length',
    before: NOTES,
    phase: 'ALTER TABLE notes ALTER body TYPE char(3) USING upper(body)',
    rows: noteRows(texts(`'abc'`, `'abc '`, `'abcd'`)),
  },
  {
    name: 'bigint to integer',
    before: 'CREATE TABLE sums (n bigint)',
    phase: 'ALTER TABLE sums ALTER n TYPE integer',
    rows: { sums: [orNull(texts('1', '2147483647', '2147483648', '-2147483648', '-2147483649'))] },
  },
  {
    name: 'numeric to smallint',
    before: 'CREATE TABLE sums (n numeric)',
    phase: 'ALTER TABLE sums ALTER n TYPE smallint',
    rows: {
      sums: [orNull(texts('1.5', '32767.4', '32767.5', '-32768.5', '-32768.4', `'NaN'`, `'Infinity'`))],
    },
  },
  {
    name: 'double precision to integer',
    before: 'CREATE TABLE sums (n double precision)',
    phase: 'ALTER TABLE sums ALTER n TYPE integer',
    rows: {
      sums: [
        orNull(
          texts(
            '1.5',
            '2147483647.4',
            '2147483647.5',
            '-2147483648.5',
            '-2147483648.51',
            `'NaN'`,
            `'Infinity'`,
          ),
        ),
      ],
    },
  },
  {
    name: 'numeric to numeric(4,2)',
    before: 'CREATE TABLE sums (n numeric)',
    phase: 'ALTER TABLE sums ALTER n TYPE numeric(4,2)',
    rows: {
      sums: [orNull(texts('99.99', '99.994', '99.995', '-99.995', '100', `'NaN'`, `'Infinity'`, '0.001'))],
    },
  },
  {
    name: 'integer to numeric(3,1)',
    before: 'CREATE TABLE sums (n int)',
    phase: 'ALTER TABLE sums ALTER n TYPE numeric(3,1) USING n::numeric(3,1)',
    rows: { sums: [orNull(texts('99', '100', '-99', '-100'))] },
  },
  {
    name: 'double precision to real',
    before: 'CREATE TABLE sums (n double precision)',
    phase: 'ALTER TABLE sums ALTER n TYPE real',
    rows: { sums: [orNull(texts('1e38', '1e39', '1e-50', '0', `'NaN'`, `'-Infinity'`))] },
  },
  {
    name: 'text to integer',
    before: NOTES,
    phase: `ALTER TABLE notes ALTER body TYPE int USING NULLIF(trim(body), '')::integer`,
    rows: noteRows(texts(`'1'`, `' 2 '`, `''`, `'x'`, `'1.5'`, `'99999999999'`)),
  },
  {
    name: 'text to date under a CASE',
    before: NOTES,
    phase: `ALTER TABLE notes ALTER body TYPE date USING CASE WHEN body = '' THEN NULL WHEN id > 6 THEN '2024-01-01' ELSE body::date END`,
    rows: noteRows(texts(`'2024-02-29'`, `'2023-02-29'`, `''`, `'soon'`)),
  },
  {
    name: 'text to uuid',
    before: NOTES,
    phase: 'ALTER TABLE notes ALTER COLUMN body TYPE uuid USING body::uuid',
    rows: noteRows(texts(`'5f0c7a3e-0000-4000-8000-000000000001'`, `'5f0c7a3e'`)),
  },
  {
    name: 'text to numeric with COALESCE',
    before: NOTES,
    phase: `ALTER TABLE notes ALTER body TYPE numeric(5,2) USING COALESCE(replace(body, ',', '.'), '0')::numeric(5,2)`,
    rows: noteRows(texts(`'1,5'`, `'999,994'`, `'999,995'`, `'abc'`)),
  },
  {
    name: 'arithmetic in USING',
    before: 'CREATE TABLE sums (n int)',
    phase: 'ALTER TABLE sums ALTER n TYPE int USING n * 100',
    rows: { sums: [orNull(texts('1', '21474836', '21474837', '-21474837'))] },
  },
  {
    name: 'an enum that loses a value',
    before: `CREATE TYPE "S" AS ENUM ('A', 'B', 'C'); CREATE TABLE marks (s "S" DEFAULT 'A')`,
    phase: `CREATE TYPE "S_new" AS ENUM ('A', 'B'); ALTER TABLE "marks" ALTER COLUMN "s" DROP DEFAULT, ALTER COLUMN "s" TYPE "S_new" USING ("s"::text::"S_new"); ALTER TYPE "S" RENAME TO "S_old"; ALTER TYPE "S_new" RENAME TO "S"; DROP TYPE "S_old"; ALTER TABLE marks ADD CHECK (s <> 'B'::"S")`,
    rows: { marks: [orNull(texts(`'A'`, `'B'`, `'C'`))] },
  },
  {
    name: 'an enum array that loses a value',
    before: `CREATE TYPE s AS ENUM ('A', 'B', 'C'); CREATE TABLE marks (s s[])`,
    phase: `CREATE TYPE t AS ENUM ('A', 'B'); ALTER TABLE marks ALTER s TYPE t[] USING s::text[]::t[]`,
    rows: { marks: [orNull(texts(`'{A,B}'`, `'{C}'`, `'{}'`, `'{A,NULL}'`))] },
  },
  {
    name: 'text to an older enum',
    before: `CREATE TYPE s AS ENUM ('A', 'B'); ${NOTES}`,
    phase: 'ALTER TABLE notes ALTER body TYPE s USING upper(body)::s',
    rows: noteRows(texts(`'a'`, `'B'`, `'c'`)),
  },
  {
    name: 'a renamed value of an enum',
    before: `CREATE TYPE s AS ENUM ('A', 'B'); CREATE TABLE marks (s s)`,
    phase: `ALTER TYPE s RENAME VALUE 'B' TO 'Z'; ALTER TABLE marks ADD CHECK (s::text <> 'Z')`,
    rows: { marks: [orNull(texts(`'A'`, `'B'`))] },
  },
  {
    name: 'a CHECK of a domain',
    before: 'CREATE DOMAIN code AS text; CREATE TABLE notes (id int, body code)',
    phase: `ALTER DOMAIN code ADD CHECK (length(value) < 4)`,
    rows: noteRows(words),
  },
  {
    name: 'NOT NULL of a domain',
    before: 'CREATE DOMAIN code AS text; CREATE TABLE notes (id int, body code)',
    phase: `ALTER DOMAIN code SET NOT NULL`,
    rows: noteRows(words),
  },
  {
    name: 'a renamed column of a renamed table',
    before: NOTES,
    phase:
      'ALTER TABLE notes RENAME body TO content; ALTER TABLE notes RENAME TO memos; ALTER TABLE memos ALTER content SET NOT NULL',
    rows: noteRows(words),
  },
  {
    name: 'jsonb_array_length in an UPDATE',
    before: 'CREATE TABLE lists (j jsonb, n int)',
    phase: 'UPDATE lists SET n = jsonb_array_length(j)',
    rows: { lists: [orNull(texts(`'[]'`, `'null'`, `'[1]'`, `'{}'`)), texts('0')] },
  },
  {
    name: 'jsonb to integer',
    before: 'CREATE TABLE lists (j jsonb)',
    phase: `ALTER TABLE lists ALTER j TYPE int USING (j)::int`,
    rows: { lists: [orNull(texts(`'1'`, `'"1"'`, `'null'`, `'99999999999'`, `'1.5'`))] },
  },
]

const EVERY = { numRuns: 40, seed: 17 }

describe('a precondition counts no row exactly when its statement succeeds', () => {
  it.for(cases)('$name', async ({ before, phase, rows }) => {
    await withTestDatabase(inject('postgresUrl'), (url) =>
      withClient(url, async (client) => {
        await client.query(before)
        const schema = await fetchSchema(client, 'history')
        const needs = await derivePreconditions(schema, [{ name: 'm', file: 'm.sql', sql: phase }], 17)
        const asked = needs
          .flatMap(({ preconditions }) => preconditions)
          .filter(({ kind }) => kind === 'fails')
        expect(asked.map(({ reason }) => reason).filter((reason) => reason !== null)).toEqual([])
        expect(asked.length).toBeGreaterThan(0)
        const toRows = Object.entries(rows).map(([table, columns]) =>
          fc.array(fc.tuple(...columns), { maxLength: 6 }).map((list) => ({ table, list })),
        )
        const met = { 0: 0, 1: 0 }
        await fc.assert(
          fc.asyncProperty(fc.tuple(...toRows), async (tables) => {
            await client.query('BEGIN')
            try {
              for (const { table, list } of tables) {
                for (const row of list) await client.query(`INSERT INTO ${table} VALUES (${row.join(', ')})`)
              }
              const answers = await countRows(
                client,
                asked.flatMap(({ sql }) => sql ?? []),
                5000,
              )
              const inTheWay = answers.filter((answer) => !('rows' in answer && answer.rows === 0))
              const refused = await refusalOf(() => client.query(phase))
              met[refused === null ? 0 : 1]++
              expect({ refused, answers: inTheWay.length > 0 }, JSON.stringify(answers)).toEqual({
                refused,
                answers: refused !== null,
              })
            } finally {
              await client.query('ROLLBACK')
            }
          }),
          EVERY,
        )
        expect(Math.min(met[0], met[1]), 'runs that pass, and runs that fail').toBeGreaterThan(0)
      }),
    )
  })
})

async function refusalOf(run: () => Promise<unknown>): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    if (error instanceof DatabaseError) return `${error.code} ${error.message}`
    throw error
  }
}
