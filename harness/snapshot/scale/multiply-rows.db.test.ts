import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { silentProgress } from '../../model/ports.ts'
import { AWKWARD_ROWS, AWKWARD_SCHEMA } from '../../testing/awkward-tables.ts'
import { captureExample, toExamplePolicy } from '../../testing/capture-example.ts'
import { withTemporaryFolder } from '../../testing/example-source.ts'
import { countOrphans, type Scaled, withScaled } from '../../testing/scaled-example.ts'
import { query, withTestDatabase } from '../../testing/with-test-database.ts'
import { loadSnapshot } from '../load-snapshot.ts'
import { readSnapshot } from '../read-snapshot.ts'
import { type ScaledRows, toScaledRows } from './to-scaled-rows.ts'
import '../../vitest/provided.ts'

function scaled<T>(sql: string, rows: ScaledRows, body: (scaled: Scaled) => Promise<T>): Promise<T> {
  return withScaled(inject('postgresUrl'), sql, rows, body)
}

async function one(from: Scaled, sql: string): Promise<unknown> {
  const [row] = await from.fetch<{ value: unknown }>(`SELECT ${sql}`)
  return row?.value
}

/** An agency's database in small: references of every kind. */
const FLEET = `
CREATE TABLE agency (id serial PRIMARY KEY, code varchar(6) NOT NULL UNIQUE CHECK (code ~ '^[A-Z]'), mail text);
CREATE UNIQUE INDEX agency_mail ON agency (lower(mail));
CREATE TABLE unit (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), agency integer NOT NULL REFERENCES agency, number text NOT NULL, UNIQUE (agency, number));
CREATE TABLE crew (unit uuid PRIMARY KEY REFERENCES unit, chief text);
CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, boss bigint REFERENCES person, login text UNIQUE);
CREATE TABLE duty (person bigint REFERENCES person, unit uuid REFERENCES unit, since date, PRIMARY KEY (person, unit));
CREATE TABLE contact (agency integer REFERENCES agency, person bigint REFERENCES person, main boolean NOT NULL);
CREATE UNIQUE INDEX contact_main ON contact (agency) WHERE main;
INSERT INTO agency (code, mail) SELECT 'A' || n, 'Agency' || n || '@x.example.invalid' FROM generate_series(1, 5) n;
INSERT INTO unit (id, agency, number) SELECT md5(n::text)::uuid, n % 5 + 1, 'M-' || n / 5 FROM generate_series(0, 19) n;
INSERT INTO crew SELECT id, 'chief' FROM unit ORDER BY id LIMIT 12;
INSERT INTO person (boss, login) SELECT NULLIF(n / 3, 0), CASE WHEN n % 4 > 0 THEN 'p' || n END FROM generate_series(1, 30) n;
INSERT INTO duty SELECT n, md5((n % 20)::text)::uuid, '2025-01-01' FROM generate_series(1, 30) n;
INSERT INTO contact SELECT n % 5 + 1, n, n <= 5 FROM generate_series(1, 20) n;
`

describe('multiplied rows', () => {
  it('are as many as wanted, refer to each other, and keep everything unique', async () => {
    const wanted = {
      'public.agency': 500,
      'public.unit': 4001,
      'public.crew': 3999,
      'public.person': 3000,
      'public.duty': 10_000,
      'public.contact': 2500,
    }
    await scaled(FLEET, wanted, async (database) => {
      for (const [table, rows] of Object.entries(wanted)) {
        expect(await one(database, `count(*)::int AS value FROM ${table}`), table).toBe(rows)
      }
      expect(new Set(Object.values(await countOrphans(database)))).toEqual(new Set([0]))
      // Copies are spread over all rows they can refer to, not heaped on a few.
      expect(await one(database, 'count(DISTINCT agency)::int AS value FROM unit')).toBe(500)
      expect(
        await one(database, 'max(n)::int AS value FROM (SELECT count(*) n FROM unit GROUP BY agency) u'),
      ).toBeLessThan(20)
      expect(await one(database, 'count(DISTINCT boss)::int AS value FROM person')).toBeGreaterThan(900)
      expect(await one(database, 'count(DISTINCT unit)::int AS value FROM duty')).toBeGreaterThan(3900)
      expect(await one(database, `count(*)::int AS value FROM contact WHERE main`)).toBeGreaterThan(200)
      expect(await one(database, `count(DISTINCT lower(mail))::int AS value FROM agency`)).toBe(500)
      expect(
        await one(database, `count(*)::int AS value FROM agency WHERE mail NOT LIKE '%@x.example.invalid'`),
      ).toBe(0)
      // Statistics and sequences as after any load.
      expect(await one(database, `reltuples::int AS value FROM pg_class WHERE relname = 'duty'`)).toBe(10_000)
      const id = await database.fetch<{ id: string }>(
        `INSERT INTO person (login) VALUES ('new') RETURNING id`,
      )
      expect(Number(id[0]?.id)).toBeGreaterThan(3000)
    })
  })
})

describe('a subset', () => {
  it('records how many rows production had, and is multiplied to exactly those', async () => {
    await withTemporaryFolder((parent) =>
      withTestDatabase(inject('postgresUrl'), async (source) => {
        await query(source, FLEET)
        const columns = await query<{ table: string; column: string; type: string }>(
          source,
          `SELECT 'public.' || c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
        )
        const tables: Record<string, { columns: Record<string, unknown> } | { empty: true }> = {}
        for (const { table, column, type } of columns) {
          const known = tables[table]
          const rest = known && 'columns' in known ? known.columns : {}
          tables[table] = { columns: { ...rest, [column]: { type, rule: 'keep', because: 'test' } } }
        }
        const subset = {
          start: { 'public.agency': 2 },
          followers: ['public.unit', 'public.crew'],
          maxRows: 500,
        }
        const policy = toExamplePolicy({ ...tables, 'public.contact': { empty: true } }, { subset })
        await captureExample(source, join(parent, 'example'), policy)
        const snapshot = await readSnapshot(join(parent, 'example'))
        const recorded = snapshot.manifest.tables.map(({ name, rows, sourceRows }) => [
          name,
          rows,
          sourceRows,
        ])
        expect(recorded).toEqual([
          ['agency', 2, 5],
          ['contact', 0, undefined],
          ['crew', expect.any(Number), 12],
          ['duty', 0, 30],
          ['person', 0, 30],
          ['unit', 8, 20],
        ])
        await withTestDatabase(inject('postgresUrl'), async (url) => {
          const scale = toScaledRows('', snapshot.manifest, ['_prisma_migrations'])
          await loadSnapshot(snapshot, url, { progress: silentProgress, scale })
          const counts = await query<{ rows: number[] }>(
            url,
            'SELECT ARRAY[(SELECT count(*) FROM agency), (SELECT count(*) FROM unit), (SELECT count(*) FROM crew)]::int[] AS rows',
          )
          expect(counts).toEqual([{ rows: [5, 20, 12] }])
        })
      }),
    )
  })
})

describe('a database of every type and awkward value', () => {
  it('is multiplied, partitions, self-references and tables without keys or columns too', async () => {
    const wanted = {
      'Second Space.Odd "Table"': 3000,
      'public.part': 500,
      'public.tree': 900,
      'public.keyless': 70,
      'public.none': 12,
    }
    await scaled(AWKWARD_SCHEMA + AWKWARD_ROWS, wanted, async (database) => {
      expect(await one(database, 'count(*)::int AS value FROM "Second Space"."Odd ""Table"""')).toBe(3000)
      expect(await one(database, 'count(*)::int AS value FROM part_2024')).toBeGreaterThan(0)
      expect(await one(database, 'count(*)::int AS value FROM part')).toBe(500)
      expect(await one(database, 'count(*)::int AS value FROM tree')).toBe(900)
      expect(await one(database, 'count(*)::int AS value FROM keyless')).toBe(70)
      expect(await one(database, 'count(*)::int AS value FROM "none"')).toBe(12)
      expect(await one(database, 'count(DISTINCT odd)::int AS value FROM tree')).toBeGreaterThan(500)
      expect(new Set(Object.values(await countOrphans(database)))).toEqual(new Set([0]))
      // No trigger touched a copy.
      expect(await one(database, 'count(touched)::int AS value FROM "Second Space"."Odd ""Table"""')).toBe(0)
    })
  })
})
