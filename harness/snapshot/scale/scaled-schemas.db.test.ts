import { describe, expect, inject, it } from 'vitest'
import { countOrphans, withScaled } from '../../testing/scaled-example.ts'
import '../../vitest/provided.ts'

interface Case {
  readonly what: string
  readonly sql: string
  /** Rows wanted, by table of the namespace public. */
  readonly rows: Readonly<Record<string, number>>
  /** A condition that must hold afterwards. */
  readonly holds?: string
}

const cases: readonly Case[] = [
  {
    what: 'references over several columns, one of which follows from the other',
    sql: `CREATE TABLE tenant (id integer PRIMARY KEY);
      CREATE TABLE member (tenant integer REFERENCES tenant, id integer, PRIMARY KEY (tenant, id));
      CREATE TABLE post (id serial PRIMARY KEY, tenant integer NOT NULL REFERENCES tenant, member integer, FOREIGN KEY (tenant, member) REFERENCES member);
      INSERT INTO tenant SELECT generate_series(1, 4);
      INSERT INTO member SELECT n % 4 + 1, n / 4 FROM generate_series(0, 39) n;
      INSERT INTO post (tenant, member) SELECT n % 4 + 1, NULLIF(n / 4, 3) FROM generate_series(0, 39) n;`,
    rows: { tenant: 100, member: 2000, post: 5000 },
    holds: '(SELECT count(DISTINCT tenant) > 90 FROM post)',
  },
  {
    what: 'references that share a column and do not follow from each other',
    sql: `CREATE TABLE a (x integer, y integer, PRIMARY KEY (x, y));
      CREATE TABLE b (y integer, z integer, PRIMARY KEY (y, z));
      CREATE TABLE c (x integer, y integer, z integer, FOREIGN KEY (x, y) REFERENCES a, FOREIGN KEY (y, z) REFERENCES b);
      INSERT INTO a SELECT n, n % 3 FROM generate_series(1, 9) n; INSERT INTO b SELECT n % 3, n FROM generate_series(1, 9) n;
      INSERT INTO c SELECT n, n % 3, n FROM generate_series(1, 9) n;`,
    rows: { a: 90, b: 100, c: 400 },
  },
  {
    what: 'a tree inside of each tenant',
    sql: `CREATE TABLE tenant (id serial PRIMARY KEY);
      CREATE TABLE node (tenant integer REFERENCES tenant, id integer, parent integer, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, parent) REFERENCES node);
      INSERT INTO tenant SELECT FROM generate_series(1, 3);
      INSERT INTO node SELECT t, n, NULLIF(n / 2, 0) FROM generate_series(1, 3) t, generate_series(1, 7) n;`,
    rows: { tenant: 30, node: 1000 },
  },
  {
    what: 'tables that refer to each other',
    sql: `CREATE TABLE hen (id serial PRIMARY KEY, egg integer NOT NULL); CREATE TABLE egg (id serial PRIMARY KEY, hen integer NOT NULL REFERENCES hen);
      ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg DEFERRABLE INITIALLY DEFERRED;
      BEGIN; INSERT INTO hen (egg) SELECT n FROM generate_series(1, 10) n; INSERT INTO egg (hen) SELECT n FROM generate_series(1, 10) n; COMMIT;`,
    rows: { hen: 1000, egg: 500 },
    holds: '(SELECT count(DISTINCT egg) > 400 FROM hen)',
  },
  {
    what: 'primary keys that refer to primary keys',
    sql: `CREATE TABLE one (id integer PRIMARY KEY); CREATE TABLE two (id integer PRIMARY KEY REFERENCES one);
      INSERT INTO one VALUES (1), (2), (3); INSERT INTO two VALUES (1), (2);
      CREATE TABLE three (id integer PRIMARY KEY REFERENCES two); INSERT INTO three VALUES (2);`,
    rows: { one: 50, two: 40, three: 39 },
  },
  {
    what: 'a chain in which each row has at most one that follows',
    sql: `CREATE TABLE link (id serial PRIMARY KEY, next integer UNIQUE REFERENCES link);
      INSERT INTO link (next) SELECT NULL FROM generate_series(1, 10); UPDATE link SET next = id + 1 WHERE id < 10;`,
    rows: { link: 700 },
    holds: '(SELECT count(next) > 500 FROM link)',
  },
  {
    what: 'a table that joins three others',
    sql: `CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id serial PRIMARY KEY); CREATE TABLE c (id serial PRIMARY KEY);
      CREATE TABLE abc (a integer REFERENCES a, b integer REFERENCES b, c integer REFERENCES c, PRIMARY KEY (a, b, c));
      INSERT INTO a SELECT FROM generate_series(1, 3); INSERT INTO b SELECT FROM generate_series(1, 4); INSERT INTO c SELECT FROM generate_series(1, 5);
      INSERT INTO abc SELECT n, n, n FROM generate_series(1, 3) n;`,
    rows: { b: 8, abc: 120 },
  },
  {
    what: 'one row for each parent and kind',
    sql: `CREATE TYPE kind AS ENUM ('a', 'b', 'c'); CREATE TABLE owner (id serial PRIMARY KEY);
      CREATE TABLE setting (owner integer REFERENCES owner, kind kind, value text, UNIQUE (owner, kind));
      INSERT INTO owner SELECT FROM generate_series(1, 10);
      INSERT INTO setting SELECT n, k, 'x' FROM generate_series(1, 10) n, unnest(enum_range(NULL::kind)) k WHERE (n + ascii(k::text)) % 3 > 0;`,
    rows: { owner: 100, setting: 250 },
    holds: '(SELECT count(DISTINCT owner) > 80 AND max(owner) > 95 FROM setting)',
  },
  {
    what: 'a key in which even NULL occurs once',
    sql: `CREATE TABLE p (id serial PRIMARY KEY); CREATE TABLE t (p integer REFERENCES p, code text, UNIQUE NULLS NOT DISTINCT (p, code));
      INSERT INTO p SELECT FROM generate_series(1, 5); INSERT INTO t SELECT n, 'c' || n FROM generate_series(1, 4) n; INSERT INTO t VALUES (NULL, 'c');`,
    rows: { t: 300 },
  },
  {
    what: 'small and scattered numbers, within their checks',
    sql: `CREATE TABLE s (id smallint PRIMARY KEY CHECK (id > 0), other integer NOT NULL UNIQUE);
      INSERT INTO s SELECT n * 3000, 2147483647 - n * 1000000 FROM generate_series(1, 10) n;`,
    rows: { s: 2900 },
    holds: '(SELECT bool_and(id > 0) FROM s)',
  },
  {
    what: 'texts with lengths, patterns and spellings to keep',
    sql: `CREATE TABLE t (code char(6) PRIMARY KEY CHECK (code ~ '^[A-Z]{2}[0-9]{4}$'), trip varchar(10) NOT NULL UNIQUE CHECK (trip ~ '^TRP-[0-9]{6}$'),
        mail varchar(24) UNIQUE CHECK (mail ~ '^[^@]+@[^@]+$' AND mail = lower(mail)), hash text UNIQUE CHECK (length(hash) = 32));
      CREATE UNIQUE INDEX ON t (upper(trip), lower(mail));
      INSERT INTO t SELECT 'AB' || lpad(n::text, 4, '0'), 'TRP-' || lpad(n::text, 6, '0'), chr(96 + n) || '@long.example.inv', md5(n::text) FROM generate_series(1, 20) n;`,
    rows: { t: 5000 },
  },
  {
    what: 'days, moments, fractions and identifiers of every sort',
    sql: `CREATE TABLE t (day date PRIMARY KEY, at timestamptz UNIQUE CHECK (at < '2026-01-01'), share numeric(12,3) UNIQUE, id uuid UNIQUE, "Naïve ""Name""" name UNIQUE);
      INSERT INTO t SELECT '2025-01-01'::date + n, '2025-06-01'::timestamptz + n * interval '1 day', n / 7.0, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'n' || n FROM generate_series(1, 9) n;
      INSERT INTO t VALUES ('infinity', '-infinity', 'NaN', NULL, NULL);`,
    rows: { t: 4000 },
  },
  {
    what: 'computed columns that must be unique, and identity columns',
    sql: `CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text NOT NULL, folded text GENERATED ALWAYS AS (lower(mail)) STORED UNIQUE);
      INSERT INTO t (mail) SELECT 'Mail' || n || '@x' FROM generate_series(1, 9) n;`,
    rows: { t: 300 },
  },
  {
    what: 'an index over an expression of some rows, told from what selects them',
    sql: `CREATE TABLE t (id serial PRIMARY KEY, state integer NOT NULL, year integer, code text NOT NULL, UNIQUE (year, code));
      CREATE UNIQUE INDEX ON t (lower(code)) WHERE state = 1;
      INSERT INTO t (state, year, code) SELECT n % 2, 2020 + n % 3, 'Code ' || n FROM generate_series(1, 40) n;`,
    rows: { t: 900 },
    holds: '(SELECT bool_and(state IN (0, 1) AND year BETWEEN 2020 AND 2022) FROM t)',
  },
  {
    what: 'partitions, referred to and referring',
    sql: `CREATE TABLE run (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
      CREATE TABLE run_1 PARTITION OF run FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
      CREATE TABLE run_2 PARTITION OF run FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');
      CREATE TABLE leg (id serial, run integer, day date, region text, FOREIGN KEY (run, day) REFERENCES run, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
      CREATE TABLE leg_n PARTITION OF leg FOR VALUES IN ('n'); CREATE TABLE leg_s PARTITION OF leg FOR VALUES IN ('s');
      INSERT INTO run SELECT n, '2025-01-20'::date + n FROM generate_series(1, 30) n;
      INSERT INTO leg (run, day, region) SELECT n, '2025-01-20'::date + n, CASE n % 2 WHEN 0 THEN 'n' ELSE 's' END FROM generate_series(1, 30) n;`,
    rows: { run: 600, leg: 3000 },
    holds:
      '(SELECT count(*) FROM run_1) > 100 AND (SELECT count(*) FROM run_2) > 100 AND (SELECT count(DISTINCT run) > 500 FROM leg)',
  },
  {
    what: 'texts that differ though no key asks for it, and identifiers of rows elsewhere',
    sql: `CREATE TABLE unit (id text PRIMARY KEY, agency integer NOT NULL, number text NOT NULL); CREATE TABLE agency (id integer PRIMARY KEY);
      ALTER TABLE unit ADD FOREIGN KEY (agency) REFERENCES agency; CREATE TABLE note (unit text, body text);
      INSERT INTO agency SELECT generate_series(1, 4); INSERT INTO unit SELECT 'u' || n, n % 4 + 1, 'Medic ' || n / 4 FROM generate_series(0, 59) n;
      INSERT INTO note SELECT 'u' || n, 'body' FROM generate_series(0, 59) n;`,
    rows: { unit: 4000, note: 9000 },
    holds: `(SELECT count(DISTINCT (agency, number)) = 4000 FROM unit) AND NOT EXISTS (SELECT FROM note WHERE unit NOT IN (SELECT id FROM unit)) AND (SELECT bool_and(body = 'body') FROM note)`,
  },
]

describe('multiplied rows of a schema with', () => {
  it.for(cases.map((entry) => [entry.what, entry] as const))('%s', async ([, { sql, rows, holds }]) => {
    const wanted = Object.fromEntries(
      Object.entries(rows).map(([table, count]) => [`public.${table}`, count]),
    )
    await withScaled(inject('postgresUrl'), sql, wanted, async (scaled) => {
      const counts: Record<string, number> = {}
      for (const table of Object.keys(rows)) {
        const [found] = await scaled.fetch<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
        counts[table] = found?.count ?? -1
      }
      expect(counts).toEqual(rows)
      const orphans = Object.entries(await countOrphans(scaled)).filter(([, count]) => count > 0)
      expect(orphans).toEqual([])
      const [found] = await scaled.fetch<{ holds: boolean }>(`SELECT ${holds ?? 'true'} AS holds`)
      expect(found?.holds).toBe(true)
    })
  })
})

const refused: readonly (readonly [
  what: string,
  sql: string,
  rows: Readonly<Record<string, number>>,
  told: readonly string[],
])[] = [
  [
    'a unique boolean',
    `CREATE TABLE t (flag boolean UNIQUE NOT NULL); INSERT INTO t VALUES (true)`,
    { t: 9 },
    ['public.t', 't_flag_key', 'flag must be unique'],
  ],
  [
    'an exclusion constraint',
    `CREATE TABLE t (span int4range, EXCLUDE USING gist (span WITH &&)); INSERT INTO t VALUES ('[1,2)')`,
    { t: 9 },
    ['public.t', 't_span_excl', 'must not overlap'],
  ],
  [
    'one row for each of too few',
    `CREATE TABLE p (id serial PRIMARY KEY); INSERT INTO p SELECT FROM generate_series(1, 5); CREATE TABLE t (p integer PRIMARY KEY REFERENCES p); INSERT INTO t VALUES (1), (2)`,
    { t: 6 },
    ['public.t', 't_pkey', 'public.p has too few rows', 'Multiply public.p too'],
  ],
  [
    'a key too short for so many',
    `CREATE TABLE t (code char(2) PRIMARY KEY); INSERT INTO t VALUES ('AB')`,
    { t: 2000 },
    ['t_pkey', 'code must be unique'],
  ],
  [
    'a key that a check keeps small',
    `CREATE TABLE t (n integer UNIQUE NOT NULL CHECK (n < 10)); INSERT INTO t VALUES (5); ALTER TABLE t ADD CHECK (n > 0)`,
    { t: 50 },
    ['t_n_key'],
  ],
  [
    'a part of a text that must be unique',
    `CREATE TABLE t (code text NOT NULL); CREATE UNIQUE INDEX t_head ON t (left(code, 3)); INSERT INTO t VALUES ('ABCDEFGH')`,
    { t: 50 },
    ['t_head', 'over the copies'],
  ],
  [
    'a partition for which there is no place',
    `CREATE TABLE t (day date PRIMARY KEY) PARTITION BY RANGE (day); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2025-01-01') TO ('2025-01-04'); INSERT INTO t VALUES ('2025-01-02')`,
    { t: 50 },
    ['public.t', 'SQLSTATE 23514'],
  ],
]

describe('refuses', () => {
  it.for(refused)('%s, and names it', async ([, sql, rows, told]) => {
    const wanted = Object.fromEntries(
      Object.entries(rows).map(([table, count]) => [`public.${table}`, count]),
    )
    const error = await withScaled(inject('postgresUrl'), sql, wanted, async () => null).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'scale-refused' })
    const { message, remedy } = error as { message: string; remedy: string }
    for (const text of told) expect(`${message} ${remedy}`).toContain(text)
  })
})
