import { createHash } from 'node:crypto'
import { describe, expect, inject, it } from 'vitest'
import type { TableChange } from '../../model/content.ts'
import { query, withTestDatabase } from '../../testing/with-test-database.ts'
import { observeContent } from './observe-content.ts'
import '../../vitest/provided.ts'

const url = inject('postgresUrl')

/** What `change` does to the rows of the tables that `setup` makes, as a compared clone shows it. */
async function changesOf(setup: string, change: string): Promise<readonly TableChange[]> {
  return withTestDatabase(url, async (before) => {
    await query(before, setup)
    const { tables } = await observeContent(before, 'history', null)
    const name = `${new URL(before).pathname.slice(1)}_after`
    await query(url, `CREATE DATABASE ${name} TEMPLATE ${new URL(before).pathname.slice(1)}`)
    const after = new URL(before)
    after.pathname = `/${name}`
    try {
      await query(after.href, change)
      const open = <T>(use: (connectionString: string) => Promise<T>) => use(before)
      return (await observeContent(after.href, 'history', { tables, open })).changes
    } finally {
      await query(url, `DROP DATABASE ${name} WITH (FORCE)`)
    }
  })
}

/** Changes in few words: `t -1 +2 n:3`. */
function told(changes: readonly TableChange[]): string[] {
  return changes.map(({ table, lost, added, columns }) =>
    [
      table.replace('public.', ''),
      ...(lost.rows ? [`-${lost.rows}`] : []),
      ...(added.rows ? [`+${added.rows}`] : []),
      ...columns.map(({ column, rows, fate }) => `${column}:${rows}${fate === 'kept' ? '' : ` ${fate}`}`),
    ].join(' '),
  )
}

const people = `CREATE TABLE people (id int PRIMARY KEY, name text, born timestamp, score numeric(10,2));
  INSERT INTO people SELECT g, 'name ' || g, timestamp '2025-01-01' + g * interval '1 hour', g FROM generate_series(1, 100) g;`
const bare = `CREATE TABLE bare (name text, size int); INSERT INTO bare SELECT 'x' || g % 50, g FROM generate_series(1, 100) g;`

describe('what is kept is not told', () => {
  it.for([
    ['nothing at all', people, 'SELECT 1'],
    [
      'a new column, filled',
      people,
      `ALTER TABLE people ADD more int DEFAULT 3; UPDATE people SET more = id`,
    ],
    ['a rewrite of the table', people, 'ALTER TABLE people SET UNLOGGED'],
    ['a column renamed', people, 'ALTER TABLE people RENAME name TO title'],
    ['a table renamed', people, 'ALTER TABLE people RENAME TO persons'],
    [
      'two columns swapped by name',
      people,
      'ALTER TABLE people RENAME name TO x; ALTER TABLE people RENAME score TO name; ALTER TABLE people RENAME x TO score',
    ],
    ['int to bigint', people, 'ALTER TABLE people ALTER id TYPE bigint'],
    ['a wider number', people, 'ALTER TABLE people ALTER score TYPE numeric(14,4)'],
    ['whole numbers to int', people, 'ALTER TABLE people ALTER score TYPE int'],
    [
      'timestamp to timestamptz in UTC',
      people,
      `ALTER TABLE people ALTER born TYPE timestamptz USING born AT TIME ZONE 'UTC'`,
    ],
    [
      'json to jsonb',
      `CREATE TABLE j (id int PRIMARY KEY, v json); INSERT INTO j VALUES (1, '{"b": 1,  "a": [1, 2.50]}'), (2, 'null'), (3, NULL)`,
      'ALTER TABLE j ALTER v TYPE jsonb',
    ],
    [
      'an enum swapped for one of the same words',
      `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, v e NOT NULL); INSERT INTO t VALUES (1, 'a'), (2, 'b')`,
      `CREATE TYPE e2 AS ENUM ('b', 'a', 'c'); ALTER TABLE t ALTER v TYPE e2 USING v::text::e2; DROP TYPE e; ALTER TYPE e2 RENAME TO e`,
    ],
    [
      'a copy that took the place of the table',
      people,
      'CREATE TABLE copy AS SELECT * FROM people; DROP TABLE people; ALTER TABLE copy RENAME TO people',
    ],
    [
      'a column copied into one that takes its name',
      people,
      'ALTER TABLE people ADD n2 text; UPDATE people SET n2 = name; ALTER TABLE people DROP name; ALTER TABLE people RENAME n2 TO name',
    ],
    [
      'a table that became the root of partitions',
      people,
      `ALTER TABLE people RENAME TO old; CREATE TABLE people (LIKE old) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF people FOR VALUES FROM (0) TO (1000);
       INSERT INTO people SELECT * FROM old`,
    ],
    [
      'a partition split in two',
      `CREATE TABLE p (id int, v text) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100); INSERT INTO p SELECT g, 'v' FROM generate_series(1, 90) g`,
      `ALTER TABLE p DETACH PARTITION p1; CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (0) TO (50); CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (50) TO (100);
       INSERT INTO p SELECT * FROM p1; DROP TABLE p1`,
    ],
    [
      'a row of a child is not one of its parent',
      `CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent); INSERT INTO child VALUES (1)`,
      'ALTER TABLE child NO INHERIT parent',
    ],
    [
      'a table attached as a partition',
      `CREATE TABLE part (id int NOT NULL); INSERT INTO part VALUES (1), (2)`,
      `CREATE TABLE root (id int NOT NULL) PARTITION BY RANGE (id); ALTER TABLE root ATTACH PARTITION part FOR VALUES FROM (0) TO (10)`,
    ],
    [
      'a name of a table that was renamed',
      `CREATE TABLE a (id int); CREATE TABLE names (id int PRIMARY KEY, r regclass); INSERT INTO names VALUES (1, 'a')`,
      'ALTER TABLE a RENAME TO b',
    ],
    [
      'names of a table that was renamed, in a list',
      `CREATE TABLE a (id int); CREATE TABLE names (id int PRIMARY KEY, r regclass[]); INSERT INTO names VALUES (1, '{a}')`,
      'ALTER TABLE a RENAME TO b',
    ],
    [
      'a table without columns',
      'CREATE TABLE t (); INSERT INTO t DEFAULT VALUES',
      'ALTER TABLE t ADD v int DEFAULT 1',
    ],
    [
      'an attribute of a composite type renamed',
      `CREATE TYPE pair AS (a int, b int); CREATE TABLE t (id int PRIMARY KEY, v pair); INSERT INTO t VALUES (1, ROW(1, 2))`,
      'ALTER TYPE pair RENAME ATTRIBUTE a TO c',
    ],
  ] as const)('%s', async ([, setup, change]) => {
    expect(told(await changesOf(setup, change))).toEqual([])
  })
})

describe('what changed is told, by table, column and key', () => {
  it.for([
    ['a value in one row', people, `UPDATE people SET name = 'x' WHERE id = 7`, ['people name:1']],
    [
      'values swapped between rows',
      people,
      `UPDATE people SET score = 3 - score WHERE id < 3`,
      ['people score:2'],
    ],
    ['a value gone', people, 'UPDATE people SET born = NULL WHERE id < 4', ['people born:3']],
    ['all rows replaced', people, 'UPDATE people SET id = id + 1000', ['people -100 +100']],
    ['rows deleted', people, 'DELETE FROM people WHERE id > 90', ['people -10']],
    [
      'rows added and a value changed',
      people,
      `INSERT INTO people SELECT g, 'x' FROM generate_series(201, 298) g; UPDATE people SET name = 'y' WHERE id = 1`,
      ['people +98 name:1'],
    ],
    [
      'a column dropped and added again',
      people,
      'ALTER TABLE people DROP name; ALTER TABLE people ADD name text',
      ['people name:100 recreated'],
    ],
    [
      'a column dropped and added again that holds nothing in these rows',
      'CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, NULL), (2, NULL)',
      'ALTER TABLE t DROP v; ALTER TABLE t ADD v text',
      ['t v:0 recreated'],
    ],
    [
      'a column dropped and added again in a table without rows or key',
      'CREATE TABLE t (v text)',
      'ALTER TABLE t DROP v; ALTER TABLE t ADD v text',
      ['t v:0 recreated'],
    ],
    ['a column dropped', people, 'ALTER TABLE people DROP name', ['people name:100 dropped']],
    ['a table dropped', people, 'DROP TABLE people', ['people -100']],
    [
      'decimals cut',
      `CREATE TABLE t (id int PRIMARY KEY, v numeric(10,2)); INSERT INTO t VALUES (1, 1.50), (2, 2.00)`,
      'ALTER TABLE t ALTER v TYPE numeric(10,0)',
      ['t v:1'],
    ],
    [
      'a text cut',
      people,
      'ALTER TABLE people ALTER name TYPE varchar(6) USING left(name, 6)',
      ['people name:91'],
    ],
    [
      'a time shifted by the zone of the session',
      people,
      `SET TimeZone = 'America/New_York'; ALTER TABLE people ALTER born TYPE timestamptz`,
      ['people born:100'],
    ],
    ['a time of day cut off', people, 'ALTER TABLE people ALTER born TYPE date', ['people born:96']],
    [
      'a key that stood twice in a document',
      `CREATE TABLE j (id int PRIMARY KEY, v json); INSERT INTO j VALUES (1, '{"a": 1, "a": 2}'), (2, '{"a": 1}')`,
      'ALTER TABLE j ALTER v TYPE jsonb',
      ['j v:1'],
    ],
    [
      'a word of an enum',
      `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, v e NOT NULL); INSERT INTO t VALUES (1, 'a'), (2, 'b')`,
      `ALTER TYPE e RENAME VALUE 'a' TO 'z'`,
      ['t v:1'],
    ],
    ['a value in a table without a key', bare, `UPDATE bare SET name = 'y' WHERE size = 3`, ['bare name:1']],
    [
      'values swapped in a table without a key',
      bare,
      `UPDATE bare SET size = 3 - size WHERE size < 3`,
      ['bare -2 +2'],
    ],
    [
      'NULL for an empty text, and the other way round',
      `CREATE TABLE t (id int PRIMARY KEY, v text, w text); INSERT INTO t VALUES (1, '', NULL), (2, 'a', '')`,
      `UPDATE t SET v = w, w = v`,
      ['t v:2 w:2'],
    ],
    [
      'a value in the last of many columns',
      `DO $$ BEGIN EXECUTE 'CREATE TABLE t (' || (SELECT string_agg('c' || g || ' int DEFAULT ' || g, ', ') FROM generate_series(1, 120) g) || ')'; END $$;
       INSERT INTO t DEFAULT VALUES`,
      'UPDATE t SET c120 = 0',
      ['t c120:1'],
    ],
    ['a row twice in a table without a key', bare, `INSERT INTO bare VALUES ('x1', 1)`, ['bare +1']],
    [
      'a row moved to the child',
      `CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent); INSERT INTO parent VALUES (1)`,
      'WITH gone AS (DELETE FROM ONLY parent RETURNING id) INSERT INTO child SELECT * FROM gone',
      ['child +1', 'parent -1'],
    ],
    [
      'rows that only a policy hides',
      `CREATE TABLE t (id int PRIMARY KEY, v int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY; INSERT INTO t VALUES (1, 1)`,
      'UPDATE t SET v = 2',
      ['t v:1'],
    ],
    [
      'a zero that lost its sign, and no number that became one',
      `CREATE TABLE t (id int PRIMARY KEY, v float8); INSERT INTO t VALUES (1, '-0'), (2, 'NaN'), (3, 0.1)`,
      `UPDATE t SET v = 0 WHERE id < 3; UPDATE t SET v = v`,
      ['t v:2'],
    ],
    [
      'letters that a collation takes for equal',
      `CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       CREATE TABLE t (id text COLLATE ci PRIMARY KEY, v text COLLATE ci); INSERT INTO t VALUES ('k', 'Anna')`,
      `UPDATE t SET v = 'anna'`,
      ['t v:1'],
    ],
    [
      'one of two rows whose keys sort by two collations',
      `CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       CREATE TABLE t (a text COLLATE "C", b text COLLATE ci, v int, PRIMARY KEY (a, b)); INSERT INTO t VALUES ('a', 'a', 1), ('A', 'a', 1)`,
      `UPDATE t SET v = 2 WHERE a = 'a'`,
      ['t v:1'],
    ],
  ] as const)('%s', async ([, setup, change, expected]) => {
    expect(told(await changesOf(setup, change))).toEqual(expected)
  })

  it('tells no key that could be an address', async () => {
    const schema = `CREATE TABLE t (who text, n int, v text, PRIMARY KEY (who, n));
      INSERT INTO t VALUES ('buyer1@example.test', 1, 'a'), ('cm4x-7', 2, 'a')`
    const [change] = await changesOf(schema, `UPDATE t SET v = 'b'`)
    const digest = createHash('md5').update('buyer1@example.test').digest('hex').slice(0, 8)
    expect(change?.columns[0]?.keys).toEqual([`#${digest}, 1`, 'cm4x-7, 2'])
  })

  it('tells five keys at most, and of a row whether it is gone or new', async () => {
    const [change] = await changesOf(
      people,
      `UPDATE people SET name = upper(name) WHERE id > 50; DELETE FROM people WHERE id = 9; INSERT INTO people VALUES (500)`,
    )
    expect(change?.key).toEqual(['id'])
    expect([change?.lost.keys, change?.added.keys]).toEqual([['9'], ['500']])
    const [name] = change?.columns ?? []
    expect(name?.rows).toBe(50)
    expect(name?.keys).toHaveLength(5)
    for (const key of name?.keys ?? []) expect(Number(key)).toBeGreaterThan(50)
  })
})
