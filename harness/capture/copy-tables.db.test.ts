import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { fetchSource } from '../ground/fetch-source.ts'
import { exists, toIncoming } from '../ground/swap-in.ts'
import type { HarnessError } from '../model/error.ts'
import type { SourceTable } from '../model/source.ts'
import { captureExample, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { planRanges } from './source/table-ranges.ts'

/** Keys of which most are close together, keys of two columns, keys in the order of a language, and no key. */
const SCHEMA = `
  CREATE TABLE skewed (id bigint PRIMARY KEY, name text, at timestamp, code text);
  INSERT INTO skewed SELECT CASE WHEN i < 2900 THEN i ELSE i * 1000000000::bigint END, 'Jane Roe ' || i,
    timestamp '2024-01-01' + i * interval '7 minutes', CASE WHEN i % 9 = 0 THEN E'a\\tb\\\\c\\nd é' END FROM generate_series(1, 3000) i;
  CREATE TABLE paired (unit text, at timestamptz, name text, doc jsonb, PRIMARY KEY (unit, at));
  INSERT INTO paired SELECT 'O''Hara \\ unit ' || i % 3, timestamptz '2024-01-01 00:00Z' + i * interval '1 hour', 'Jane ' || i,
    jsonb_build_object('who', 'Jane ' || i) FROM generate_series(1, 2000) i;
  CREATE TABLE worded (word text COLLATE "und-x-icu" PRIMARY KEY, name text);
  INSERT INTO worded SELECT chr(65 + i % 26) || chr(97 + i % 7) || '-' || i, 'Jane ' || i FROM generate_series(1, 1500) i;
  CREATE DOMAIN number_of AS integer;
  CREATE TABLE domained (id number_of PRIMARY KEY, name text);
  INSERT INTO domained SELECT i, 'Jane ' || i FROM generate_series(1, 1500) i;
  CREATE TABLE keyless (name text, n integer);
  INSERT INTO keyless SELECT 'Jane ' || i % 500, i FROM generate_series(1, 1500) i;
  ANALYZE;`

const keep = { rule: 'keep', because: 'test' }
const name = { type: 'text', rule: 'name' }
const POLICY = toExamplePolicy({
  'public.skewed': {
    subject: { kind: 'person', column: 'id' },
    columns: {
      id: { type: 'bigint', ...keep },
      name,
      at: { type: 'timestamp without time zone', rule: 'date-shift' },
      code: { type: 'text', rule: 'surrogate', class: 'code' },
    },
  },
  'public.paired': {
    columns: {
      unit: { type: 'text', ...keep },
      at: { type: 'timestamp with time zone', ...keep },
      name,
      doc: { type: 'jsonb', rule: 'json', paths: { '$.who': { rule: 'name' } } },
    },
  },
  'public.worded': { columns: { word: { type: 'text', ...keep }, name } },
  'public.domained': { columns: { id: { type: 'public.number_of', ...keep }, name } },
  'public.keyless': { columns: { name, n: { type: 'integer', ...keep } } },
})
/** So many rows are enough for a range. */
const leastRows = 200

async function withSource(body: (url: string, folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder((parent) =>
    withTestDatabase(inject('postgresUrl'), async (url) => {
      await query(url, SCHEMA)
      await body(url, join(parent, 'example'))
    }),
  )
}

describe('a capture by several jobs', () => {
  it('gives the very snapshot that one job gives, in the order of the keys', async () => {
    await withSource(async (url, folder) => {
      const { manifest } = await captureExample(url, folder, POLICY, { jobs: 1 })
      for (const jobs of [2, 4]) {
        const again = await captureExample(url, `${folder}-${jobs}`, POLICY, { jobs, leastRows })
        expect(again.manifest).toEqual(manifest)
      }
      for (const { file, sha256, rows } of manifest.tables) {
        const bytes = await readFile(join(`${folder}-4`, file))
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
        expect(bytes.toString('utf8').split('\n')).toHaveLength(rows + 1)
      }
      const inKeyOrder = await query<{ unit: string; at: string }>(
        url,
        `SELECT unit, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00' AS at FROM paired t ORDER BY t.unit, t.at`,
      )
      const written = (await readFile(join(`${folder}-4`, 'data/public.paired.copy'), 'utf8'))
        .split('\n')
        .slice(0, -1)
      expect(written.map((line) => line.split('\t').slice(0, 2))).toEqual(
        inKeyOrder.map(({ unit, at }) => [unit.replace('\\', '\\\\'), at]),
      )
      expect((await readdir(join(`${folder}-4`, 'data'))).filter((one) => one.endsWith('.part'))).toEqual([])
    })
  })

  it.each([
    { table: 'skewed', ranges: 4 },
    { table: 'paired', ranges: 4 },
    { table: 'worded', ranges: 4 },
    { table: 'domained', ranges: 0 },
    { table: 'keyless', ranges: 0 },
  ])('cuts $table into $ranges ranges of which none holds most of the rows', async ({ table, ranges }) => {
    await withSource(async (url) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        await client.query(`SET search_path = ''`)
        const source = await fetchSource(client, 'the example')
        const known = source.tables.find(({ name }) => name === table) as SourceTable
        const conditions = await planRanges(client, known, 4, leastRows)
        expect(conditions).toHaveLength(ranges)
        const counts = conditions.map((condition) => `count(*) FILTER (WHERE ${condition})::int`)
        const text = `SELECT ${['count(*)::int', ...counts].join(', ')} FROM public.${table} t`
        const [all, ...parts] = (await client.query<number[]>({ text, rowMode: 'array' })).rows[0] as number[]
        expect(ranges === 0 ? all : parts.reduce((sum, part) => sum + part, 0)).toBe(all)
        for (const part of parts) expect(part).toBeLessThan((all as number) * 0.6)
      } finally {
        await client.end()
      }
    })
  })

  it('refuses an unlisted key, lists all such keys, and leaves nothing behind', async () => {
    await withSource(async (url, folder) => {
      await query(
        url,
        `UPDATE paired SET doc = doc || '{"secret": "Jane"}' WHERE name IN ('Jane 1500', 'Jane 17')`,
      )
      await query(url, `UPDATE paired SET doc = doc || '{"other": 1}' WHERE name = 'Jane 1999'`)
      const error = await captureExample(url, folder, POLICY, { jobs: 4, leastRows }).catch(
        (thrown: unknown) => thrown,
      )
      expect((error as HarnessError).context).toMatchObject({
        faults: [
          'public.paired.doc $.secret: a path that the policy does not list (2 times)',
          'public.paired.doc $.other: a path that the policy does not list (once)',
        ],
      })
      expect([await exists(folder), await exists(toIncoming(folder))]).toEqual([false, false])
    })
  })
})
