import { expect, it } from 'vitest'
import { withClient } from '../../ground/with-client.ts'
import type { MigrationFailure } from '../../model/history.ts'
import { toMigration, withDatabaseForTest } from '../../testing/database-for-test.ts'
import { applyMigrations } from '../../tool/prisma/apply-migrations.ts'
import { failureCauses, findFailureCause } from './find-failure-cause.ts'

/** A migration that is refused for the cause of that name, on the tables that `given` makes. */
interface Case {
  readonly name: string
  readonly given?: string
  readonly sql: string
}

const LONG = 'a'.repeat(70)
const TRIPS = 'CREATE TABLE trips (id integer PRIMARY KEY, note text, miles integer);'
const ROWS = `${TRIPS} INSERT INTO trips VALUES (1, 'x', 5), (2, 'x', NULL);`
const CAMEL = 'CREATE TABLE "Trip" ("tripNumber" text); CREATE TYPE "TripState" AS ENUM (\'OPEN\');'
const KEYS =
  'CREATE TABLE units (id integer PRIMARY KEY); CREATE TABLE legs (id integer, unit integer); INSERT INTO legs VALUES (1, 9);'
const UNPRIVILEGED = 'GRANT ALL ON SCHEMA public TO pg_monitor; SET ROLE pg_monitor;'

const cases: readonly Case[] = [
  { name: 'byte order mark', sql: '\uFEFFCREATE TABLE a (id integer);' },
  { name: 'byte order mark', sql: 'CREATE TABLE a (id integer);\n\uFEFFCREATE TABLE b (id integer);' },
  { name: 'byte order mark', sql: '\uFEFF-- a comment\nCREATE TABLE a (id integer);' },
  { name: 'invisible character', sql: 'CREATE\u00A0TABLE a (id integer);' },
  { name: 'invisible character', sql: 'CREATE TABLE a (id\u200B integer,\u00A0 b text);' },
  { name: 'typographic quotes', sql: 'SELECT “a” FROM b;' },
  { name: 'typographic quotes', sql: 'CREATE TABLE a (b text DEFAULT ‘open’ NOT NULL, c text);' },
  { name: 'psql command', sql: '\\restrict abc\nCREATE TABLE a (id integer);' },
  { name: 'psql command', sql: 'CREATE TABLE a (id integer);\n\\connect other\n' },
  { name: 'merge conflict', sql: '<<<<<<< HEAD\nSELECT 1;\n=======\nSELECT 2;\n>>>>>>> other' },
  { name: 'backtick', sql: 'CREATE TABLE `a` (`id` integer);' },
  { name: 'bracket', sql: 'CREATE TABLE [a] (id integer);' },
  { name: 'another dialect', sql: 'CREATE TABLE a (id integer PRIMARY KEY AUTO_INCREMENT);' },
  { name: 'another dialect', sql: 'CREATE TABLE a (id integer) ENGINE=InnoDB;' },
  { name: 'another dialect', sql: 'CREATE TABLE a (id integer);\nGO\nSELECT 1;' },
  {
    name: 'IF NOT EXISTS of a constraint',
    given: TRIPS,
    sql: 'ALTER TABLE trips ADD CONSTRAINT IF NOT EXISTS c CHECK (miles > 0);',
  },
  { name: 'unfinished quote', sql: "CREATE TABLE a (b text DEFAULT 'open);" },
  { name: 'unfinished quote', sql: 'DO $$ BEGIN NULL; END;' },
  { name: 'unfinished statement', sql: 'CREATE TABLE a (id integer' },
  { name: 'missing comma or semicolon', sql: "CREATE TABLE a (id integer DEFAULT '’' b text);" },
  { name: 'missing comma or semicolon', sql: 'CREATE TABLE a (id integer)\nCREATE TABLE b (id integer);' },

  { name: 'table, letter case', given: CAMEL, sql: 'UPDATE Trip SET "tripNumber" = \'x\';' },
  { name: 'FROM clause', given: TRIPS, sql: 'SELECT trips.id FROM trips t;' },
  { name: 'table', given: CAMEL, sql: 'ALTER TABLE "Trips" ADD COLUMN x integer;' },
  { name: 'column, letter case', given: CAMEL, sql: 'UPDATE "Trip" SET tripNumber = \'x\';' },
  { name: 'column, letter case', given: CAMEL, sql: 'SELECT t.tripNumber FROM "Trip" t;' },
  { name: 'text in double quotes', given: ROWS, sql: 'UPDATE trips SET note = "open";' },
  { name: 'column', given: TRIPS, sql: 'ALTER TABLE trips DROP COLUMN driver;' },
  { name: 'system column', given: TRIPS, sql: 'ALTER TABLE trips ADD COLUMN xmin integer;' },
  { name: 'column, name cut', sql: `CREATE TABLE a (${LONG}1 integer, ${LONG}2 integer);` },
  { name: 'column again', given: TRIPS, sql: 'ALTER TABLE trips ADD COLUMN note text;' },
  { name: 'relation, name cut', given: `CREATE TABLE ${LONG}1 ();`, sql: `CREATE TABLE ${LONG}2 ();` },
  {
    name: 'relation, name cut',
    given: `${TRIPS} CREATE INDEX ${'é'.repeat(40)}1 ON trips (id);`,
    sql: `CREATE INDEX "${'é'.repeat(40)}2" ON trips (note);`,
  },
  { name: 'relation again', given: TRIPS, sql: 'CREATE TABLE trips (id integer);' },
  { name: 'operator class', given: TRIPS, sql: 'CREATE INDEX i ON trips USING gin (note gin_trgm_ops);' },
  { name: 'role', given: TRIPS, sql: 'GRANT SELECT ON trips TO nobody_of_this_name;' },
  { name: 'type, letter case', given: CAMEL, sql: 'CREATE TABLE a (state TripState);' },
  { name: 'foreign type', sql: 'CREATE TABLE a (at DATETIME);' },
  { name: 'object', given: TRIPS, sql: 'ALTER TABLE trips DROP CONSTRAINT trips_note_key;' },
  { name: 'object again', given: CAMEL, sql: 'CREATE TYPE "TripState" AS ENUM (\'OPEN\');' },
  { name: 'namespace', sql: "SET LOCAL search_path = ''; CREATE TABLE a ();" },
  { name: 'namespace missing', sql: 'CREATE TABLE audit.a ();' },
  { name: 'namespace again', sql: 'CREATE SCHEMA public;' },
  { name: 'database missing', sql: "ALTER DATABASE nowhere_at_all SET timezone = 'UTC';" },
  { name: 'database again', sql: 'CREATE DATABASE postgres;' },
  {
    name: 'function again',
    given: 'CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;',
    sql: 'CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 2 $$;',
  },

  { name: 'required column on rows', given: ROWS, sql: 'ALTER TABLE trips ADD COLUMN c text NOT NULL;' },
  { name: 'required column on rows', given: ROWS, sql: 'ALTER TABLE trips ALTER miles SET NOT NULL;' },
  {
    name: 'null written',
    given: 'CREATE TABLE a (id text NOT NULL, b text);',
    sql: "INSERT INTO a (b) VALUES ('x');",
  },
  {
    name: 'orphans',
    given: KEYS,
    sql: 'ALTER TABLE legs ADD CONSTRAINT k FOREIGN KEY (unit) REFERENCES units (id);',
  },
  {
    name: 'orphans',
    given: `${KEYS} ALTER TABLE legs ADD CONSTRAINT k FOREIGN KEY (unit) REFERENCES units (id) NOT VALID;`,
    sql: 'ALTER TABLE legs VALIDATE CONSTRAINT k;',
  },
  {
    name: 'still referenced',
    given: `${KEYS} INSERT INTO units VALUES (9); ALTER TABLE legs ADD FOREIGN KEY (unit) REFERENCES units (id);`,
    sql: 'DELETE FROM units;',
  },
  {
    name: 'parent missing',
    given: `${KEYS} DELETE FROM legs; ALTER TABLE legs ADD FOREIGN KEY (unit) REFERENCES units (id);`,
    sql: 'INSERT INTO legs VALUES (2, 8);',
  },
  {
    name: 'catalog raced',
    sql: `DO $$ BEGIN RAISE unique_violation USING MESSAGE = 'duplicate key value violates unique constraint "pg_type_typname_nsp_index"'; END $$;`,
  },
  { name: 'duplicates', given: ROWS, sql: 'CREATE UNIQUE INDEX u ON trips (note);' },
  { name: 'duplicates', given: ROWS, sql: 'ALTER TABLE trips ADD UNIQUE (note);' },
  { name: 'key taken', given: ROWS, sql: 'INSERT INTO trips VALUES (1);' },
  { name: 'check on rows', given: ROWS, sql: 'ALTER TABLE trips ADD CHECK (miles > 10);' },
  {
    name: 'no partition',
    given: 'CREATE TABLE p (id integer) PARTITION BY LIST (id);',
    sql: 'INSERT INTO p VALUES (1);',
  },
  {
    name: 'check on a row written',
    given: 'CREATE TABLE a (b integer CHECK (b > 0));',
    sql: 'INSERT INTO a VALUES (0);',
  },
  {
    name: 'exclusion',
    given: "CREATE TABLE a (r int4range); INSERT INTO a VALUES ('[1,5)'), ('[2,3)');",
    sql: 'ALTER TABLE a ADD EXCLUDE USING gist (r WITH &&);',
  },
  {
    name: 'row twice',
    given: ROWS,
    sql: "INSERT INTO trips SELECT 3, 'y', 1 FROM trips ON CONFLICT (id) DO UPDATE SET note = 'z';",
  },
  {
    name: 'several rows',
    given: ROWS,
    sql: "UPDATE trips SET miles = (SELECT id FROM trips WHERE note = 'x');",
  },

  {
    name: 'too long',
    given: "CREATE TABLE a (b text); INSERT INTO a VALUES ('abcdef');",
    sql: 'ALTER TABLE a ALTER b TYPE varchar(3);',
  },
  {
    name: 'out of range',
    given: 'CREATE TABLE a (b bigint); INSERT INTO a VALUES (99999999999);',
    sql: 'ALTER TABLE a ALTER b TYPE integer;',
  },
  {
    name: 'out of range',
    given: 'CREATE TABLE a (b numeric(10,2)); INSERT INTO a VALUES (12345.6);',
    sql: 'ALTER TABLE a ALTER b TYPE numeric(4,2);',
  },
  {
    name: 'enum value of the statement',
    given: "CREATE TYPE e AS ENUM ('A'); CREATE TABLE a (b e);",
    sql: "UPDATE a SET b = 'B';",
  },
  {
    name: 'enum value missing',
    given: "CREATE TYPE e AS ENUM ('A'); CREATE TABLE a (b text); INSERT INTO a VALUES ('B');",
    sql: 'ALTER TABLE a ALTER b TYPE e USING b::e;',
  },
  {
    name: 'json',
    given: "CREATE TABLE a (b text); INSERT INTO a VALUES ('plain');",
    sql: 'ALTER TABLE a ALTER b TYPE jsonb USING b::jsonb;',
  },
  {
    name: 'cast of text',
    given: ROWS,
    sql: 'ALTER TABLE trips ALTER note TYPE integer USING note::integer;',
  },
  { name: 'date format', given: ROWS, sql: 'ALTER TABLE trips ALTER note TYPE date USING note::date;' },
  {
    name: 'date out of range',
    given: "CREATE TABLE a (b text); INSERT INTO a VALUES ('31.12.2025');",
    sql: 'ALTER TABLE a ALTER b TYPE date USING b::date;',
  },
  { name: 'division by zero', given: ROWS, sql: 'UPDATE trips SET miles = 1 / (id - 1);' },
  { name: 'encoding', sql: "SELECT convert_from('\\xe9'::bytea, 'UTF8');" },
  { name: 'json shape', sql: `SELECT jsonb_array_length('{"a": 1}'::jsonb);` },
  { name: 'json shape', sql: `SELECT jsonb_array_elements('null'::jsonb);` },
  { name: 'parameter', sql: "SET TIME ZONE 'Nowhere/City';" },
  { name: 'null in a value', sql: 'DO $$ BEGIN EXECUTE NULL; END $$;' },

  {
    name: 'foreign key types',
    given: 'CREATE TABLE a (id uuid PRIMARY KEY); CREATE TABLE b (a text);',
    sql: 'ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a (id);',
  },
  {
    name: 'default cast',
    given: "CREATE TYPE e AS ENUM ('A'); CREATE TABLE a (b text DEFAULT 'A');",
    sql: 'ALTER TABLE a ALTER b TYPE e USING b::e;',
  },
  { name: 'needs USING', given: ROWS, sql: 'ALTER TABLE trips ALTER note TYPE integer;' },
  { name: 'types differ', given: ROWS, sql: 'UPDATE trips SET miles = note;' },
  { name: 'no cast', given: ROWS, sql: 'SELECT miles::uuid FROM trips;' },
  { name: 'function of an extension', sql: 'CREATE TABLE a (id uuid DEFAULT uuid_generate_v4());' },
  { name: 'operator', given: ROWS, sql: 'SELECT 1 FROM trips WHERE note = 1;' },
  { name: 'function', sql: 'SELECT nowhere_at_all(1);' },
  {
    name: 'not the owner',
    given: `${TRIPS} ${UNPRIVILEGED} RESET ROLE;`,
    sql: 'SET LOCAL ROLE pg_monitor; ALTER TABLE trips ADD COLUMN x integer;',
  },
  {
    name: 'row security',
    given: `${TRIPS} ALTER TABLE trips ENABLE ROW LEVEL SECURITY; GRANT ALL ON trips TO pg_monitor;`,
    sql: 'SET LOCAL ROLE pg_monitor; INSERT INTO trips VALUES (1);',
  },
  { name: 'not allowed', given: TRIPS, sql: 'SET LOCAL ROLE pg_monitor; SELECT * FROM trips;' },
  {
    name: 'not in a transaction',
    given: TRIPS,
    sql: 'SELECT 1; CREATE INDEX CONCURRENTLY i ON trips (note);',
  },
  { name: 'read only', sql: 'SET LOCAL transaction_read_only = on; CREATE TABLE a ();' },
  {
    name: 'after a failure',
    sql: "DO $$ BEGIN RAISE in_failed_sql_transaction USING MESSAGE = 'current transaction is aborted, commands ignored until end of transaction block'; END $$;",
  },
  {
    name: 'new enum value',
    given: "CREATE TYPE e AS ENUM ('A'); CREATE TABLE a (b e);",
    sql: "ALTER TYPE e ADD VALUE 'B'; UPDATE a SET b = 'B'; SELECT 'B'::e;",
  },
  {
    name: 'view on the column',
    given: `${TRIPS} CREATE VIEW v AS SELECT miles FROM trips;`,
    sql: 'ALTER TABLE trips ALTER miles TYPE bigint;',
  },
  { name: 'other database', sql: 'SELECT * FROM other.public.trips;' },
  {
    name: 'not supported',
    given: 'CREATE TABLE p (id integer) PARTITION BY LIST (id);',
    sql: 'CREATE INDEX CONCURRENTLY i ON p (id);',
  },
  {
    name: 'dependents',
    given: `${TRIPS} CREATE VIEW v AS SELECT miles FROM trips;`,
    sql: 'ALTER TABLE trips DROP COLUMN miles;',
  },
  { name: 'two primary keys', given: TRIPS, sql: 'ALTER TABLE trips ADD PRIMARY KEY (note);' },
  {
    name: 'view columns',
    given: `${TRIPS} CREATE VIEW v AS SELECT id, miles FROM trips;`,
    sql: 'CREATE OR REPLACE VIEW v AS SELECT miles FROM trips;',
  },
  {
    name: 'table definition',
    given: 'CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE c PARTITION OF p DEFAULT;',
    sql: 'ALTER TABLE c DROP COLUMN id;',
  },
  { name: 'immutable', given: 'CREATE TABLE a (b timestamptz);', sql: 'CREATE INDEX i ON a ((b::date));' },
  {
    name: 'function result',
    given: 'CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;',
    sql: "CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;",
  },
  {
    name: 'ON CONFLICT',
    given: TRIPS,
    sql: "INSERT INTO trips VALUES (1, 'x') ON CONFLICT (note) DO NOTHING;",
  },
  { name: 'no key to refer to', given: TRIPS, sql: 'CREATE TABLE a (n text REFERENCES trips (note));' },
  { name: 'wrong sort of object', given: `${TRIPS} CREATE VIEW v AS SELECT 1;`, sql: 'DROP TABLE v;' },
  {
    name: 'identity',
    given: 'CREATE TABLE a (id integer GENERATED ALWAYS AS IDENTITY);',
    sql: 'INSERT INTO a VALUES (1);',
  },
  { name: 'ambiguous column', given: KEYS, sql: 'SELECT id FROM units, legs;' },
  { name: 'grouping', given: ROWS, sql: 'SELECT note, count(*) FROM trips;' },
  {
    name: 'ambiguous function',
    given:
      'CREATE FUNCTION f(integer) RETURNS void LANGUAGE sql AS $$ $$; CREATE FUNCTION f(text) RETURNS void LANGUAGE sql AS $$ $$;',
    sql: 'DROP FUNCTION f;',
  },
  { name: 'no type', sql: 'SELECT ARRAY[];' },
  { name: 'same table twice', given: TRIPS, sql: 'SELECT 1 FROM trips, trips;' },
  { name: 'label too long', sql: `CREATE TYPE e AS ENUM ('${LONG}');` },
  { name: 'reserved name', sql: 'CREATE SCHEMA pg_mine;' },

  { name: 'copy from stdin', given: TRIPS, sql: 'COPY trips FROM stdin;' },
  { name: 'statement timeout', sql: "SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5);" },
  {
    name: 'pending trigger events',
    given: `${KEYS} DELETE FROM legs; ALTER TABLE legs ADD FOREIGN KEY (unit) REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED;`,
    sql: 'INSERT INTO legs VALUES (1, NULL), (2, 7); ALTER TABLE legs ADD COLUMN x integer;',
  },
  {
    name: 'in use',
    given: TRIPS,
    sql: 'DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 FROM generate_series(1, 2) LOOP NULL; END LOOP; DECLARE c CURSOR FOR SELECT * FROM trips; BEGIN OPEN c; DROP TABLE trips; END; END $$;',
  },
  { name: 'wrong state', given: 'CREATE SEQUENCE s;', sql: "SELECT currval('s');" },
  {
    name: 'index entry too large',
    given: `CREATE TABLE a (b text); INSERT INTO a SELECT string_agg(md5(n::text), '') FROM generate_series(1, 1000) n;`,
    sql: 'CREATE INDEX i ON a (b);',
  },
  {
    name: 'endless recursion',
    given:
      'CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN f(n + 1); END $$;',
    sql: 'SELECT f(1);',
  },
  {
    name: 'too many columns',
    sql: `CREATE TABLE a (${Array.from({ length: 1601 }, (_, n) => `c${n} integer`).join(', ')});`,
  },
  { name: 'own message', sql: "DO $$ BEGIN RAISE EXCEPTION 'not yet'; END $$;" },
  { name: 'assertion', sql: 'DO $$ BEGIN ASSERT false; END $$;' },
]

/** Migrations that wait for a second session, which holds a lock. */
const waiting: readonly Case[] = [
  {
    name: 'lock timeout',
    given: TRIPS,
    sql: "SET LOCAL lock_timeout = '50ms'; ALTER TABLE trips ADD COLUMN x integer;",
  },
  {
    name: 'deadlock',
    given: `${TRIPS} CREATE TABLE other ();`,
    sql: "SET LOCAL deadlock_timeout = '2s'; LOCK TABLE other; LOCK TABLE trips;",
  },
]

async function failWith(connectionString: string, sql: string): Promise<MigrationFailure> {
  const migrations = [toMigration('1', sql)]
  const { failure } = await applyMigrations({ connectionString, migrations, expectedNew: ['1'] }, 'one-batch')
  if (failure === null) throw new Error('the migration was accepted')
  return failure
}

/** An empty history beside the tables, so that the database counts as one that is migrated. */
async function prepare(rows: (sql: string) => Promise<unknown>, connectionString: string, given = '') {
  await applyMigrations(
    { connectionString, migrations: [toMigration('0', '')], expectedNew: ['0'] },
    'one-batch',
  )
  if (given !== '') await withClient(connectionString, (client) => client.query(given))
  await rows('SELECT 1')
}

it.each(cases)('$name: $sql', ({ name, given, sql }) =>
  withDatabaseForTest(async ({ connectionString, rows }) => {
    await prepare(rows, connectionString, given)
    const failure = await failWith(connectionString, sql)
    expect(findFailureCause(failure)?.name, `${failure.sqlstate} ${failure.message}`).toBe(name)
  }),
)

it.each(waiting)('$name, while another session holds a lock', ({ name, given, sql }) =>
  withDatabaseForTest(async ({ connectionString, rows }) => {
    await prepare(rows, connectionString, given)
    await withClient(connectionString, async (other) => {
      await other.query("SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE trips")
      const failing = failWith(connectionString, sql)
      if (name === 'deadlock') {
        await expect
          .poll(() =>
            rows(
              'SELECT count(*)::int FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())',
            ),
          )
          .toEqual([[1]])
        other.query('LOCK TABLE other').catch(() => {})
      }
      expect(findFailureCause(await failing)?.name).toBe(name)
    })
  }),
)

it('provokes every row', () => {
  const provoked = new Set([...cases, ...waiting].map(({ name }) => name))
  expect(failureCauses.map(({ name }) => name).filter((name) => !provoked.has(name))).toEqual([])
})
