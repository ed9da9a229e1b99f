import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { fetchSource } from '../../ground/fetch-source.ts'
import { quoteName, quoteTable } from '../../ground/quote.ts'
import type { Subset } from '../../model/policy.ts'
import { type Source, toTableKey } from '../../model/source.ts'
import { withTestDatabase } from '../../testing/with-test-database.ts'
import { planSubset, type SubsetPlan, SubsetTooLarge } from './plan-subset.ts'

/** Agencies with a head office of their own kind, staff that leads agencies, trips, notes without a key, and a table of two keys. */
const SCHEMA = `
  CREATE TABLE agency (id int PRIMARY KEY, "headOffice" int REFERENCES agency, leader text);
  CREATE TABLE staff (code varchar(10) PRIMARY KEY, agency int NOT NULL REFERENCES agency, boss varchar(10) REFERENCES staff);
  ALTER TABLE agency ADD FOREIGN KEY (leader) REFERENCES staff (code);
  CREATE TABLE "Shift" (day date, "Slot" int, agency int REFERENCES agency, PRIMARY KEY (day, "Slot"));
  CREATE TABLE trip (id int PRIMARY KEY, agency int NOT NULL REFERENCES agency, driver varchar(10) REFERENCES staff,
                     day date, slot int, FOREIGN KEY (day, slot) REFERENCES "Shift" (day, "Slot"));
  CREATE TABLE note (trip int REFERENCES trip, text text);
  CREATE TABLE zone (name text PRIMARY KEY, kind text);
  CREATE TABLE history (id int PRIMARY KEY, zone text REFERENCES zone);
  INSERT INTO agency SELECT i, NULLIF(i / 3, 0), NULL FROM generate_series(1, 60) i;
  INSERT INTO staff SELECT 's,"' || i, 1 + i % 60, CASE WHEN i > 1 THEN 's,"' || i / 2 END FROM generate_series(1, 300) i;
  UPDATE agency SET leader = 's,"' || (id * 5);
  INSERT INTO "Shift" SELECT date '2026-01-01' + i / 4, i % 4, 1 + i % 60 FROM generate_series(0, 199) i;
  INSERT INTO trip SELECT i, 1 + i % 60, CASE WHEN i % 5 > 0 THEN 's,"' || 1 + i % 300 END, date '2026-01-01' + i % 50, CASE WHEN i % 7 > 0 THEN i % 4 END
    FROM generate_series(1, 1200) i;
  INSERT INTO note SELECT i % 1200 + 1, 'note ' || i FROM generate_series(1, 600) i;
  INSERT INTO note VALUES (NULL, 'of no trip');
  INSERT INTO zone VALUES ('a', NULL), ('b', NULL);
  INSERT INTO history VALUES (1, 'b');
`

async function withPlan(
  subset: Partial<Subset>,
  whole: readonly string[],
  body: (plan: SubsetPlan, source: Source, query: (sql: string) => Promise<unknown[][]>) => Promise<void>,
  schema = SCHEMA,
): Promise<void> {
  await withTestDatabase(inject('postgresUrl'), async (connectionString) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    try {
      await client.query(schema)
      const source = await fetchSource(client, 'a test database')
      const query = async (text: string) =>
        (await client.query({ text, rowMode: 'array' })).rows as unknown[][]
      const fetch = async (sql: string) => (await query(sql)) as (string | null)[][]
      const all = { start: {}, followers: [], maxRows: 10_000, ...subset }
      await body(await planSubset(source, all, whole, fetch), source, query)
    } finally {
      await client.end()
    }
  })
}

/** Rows of the subset that refer to a row outside of it, for each foreign key. */
async function countBroken(
  plan: SubsetPlan,
  source: Source,
  query: (sql: string) => Promise<unknown[][]>,
): Promise<Record<string, number>> {
  const broken: Record<string, number> = {}
  for (const table of source.tables) {
    for (const key of table.foreignKeys) {
      const referred = source.tables.find((one) => toTableKey(one) === key.refers.table)
      if (!referred) throw new Error('no such table')
      const inner = (plan.conditions.get(key.refers.table) ?? 'true').replaceAll('t.', 'r.')
      const joined = key.columns.map(
        (column, at) => `r.${quoteName(key.refers.columns[at] as string)} = t.${quoteName(column)}`,
      )
      const isSet = key.columns.map((column) => `t.${quoteName(column)} IS NOT NULL`)
      const [row] = await query(
        `SELECT count(*)::int FROM ${quoteTable(table)} t WHERE (${plan.conditions.get(toTableKey(table)) ?? 'true'})
           AND ${isSet.join(' AND ')} AND NOT EXISTS (SELECT FROM ${quoteTable(referred)} r WHERE ${joined.join(' AND ')} AND (${inner}))`,
      )
      broken[`${toTableKey(table)} ${key.name}`] = row?.[0] as number
    }
  }
  return broken
}

describe('planSubset', () => {
  it('chooses rows among which every foreign key holds, through cycles, self-references and keys of two columns', async () => {
    const subset = { start: { 'public.agency': 2 }, followers: ['public.trip', 'public.note'] }
    await withPlan(subset, [], async (plan, source, query) => {
      const broken = await countBroken(plan, source, query)
      expect(Object.keys(broken)).toHaveLength(10)
      expect(Object.values(broken).every((count) => count === 0)).toBe(true)
      const [trips] = await query('SELECT count(*)::int FROM trip WHERE agency IN (1, 2)')
      expect(plan.rows.get('public.trip')).toBe(trips?.[0])
      expect(plan.rows.get('public.note')).toBeGreaterThan(0)
      expect(plan.rows.get('public.agency')).toBeLessThanOrEqual(60)
      expect(plan.conditions.get('public.zone')).toBe('false')
    })
  })

  it('chooses as many rows as its conditions select', async () => {
    await withPlan(
      { start: { 'public.trip': 7 }, followers: ['public.note'] },
      [],
      async (plan, source, query) => {
        for (const table of source.tables) {
          const [row] = await query(
            `SELECT count(*)::int FROM ${quoteTable(table)} t WHERE ${plan.conditions.get(toTableKey(table))}`,
          )
          expect(row?.[0], table.name).toBe(plan.rows.get(toTableKey(table)) ?? 0)
        }
        const [first] = await query(
          `SELECT array_agg(id ORDER BY id) FROM trip t WHERE ${plan.conditions.get('public.trip')}`,
        )
        expect(first?.[0]).toEqual([1, 2, 3, 4, 5, 6, 7])
      },
    )
  })

  it('brings no followers of rows that are only referred to', async () => {
    await withPlan({ start: { 'public.note': 1 }, followers: ['public.trip'] }, [], async (plan) => {
      expect(plan.rows.get('public.trip')).toBe(1)
      expect(plan.rows.get('public.agency')).toBeGreaterThan(0)
    })
  })

  it('gives followers to a row that was referred to first and chosen to start with later', async () => {
    const subset = { start: { 'public.trip': 1, 'public.agency': 2 }, followers: ['public.trip'] }
    await withPlan(subset, [], async (plan, _source, query) => {
      const [trips] = await query('SELECT count(*)::int FROM trip WHERE agency IN (1, 2) OR id = 1')
      expect(plan.rows.get('public.trip')).toBe(trips?.[0])
    })
  })

  it('leaves a whole table whole and brings what it refers to', async () => {
    await withPlan({ start: { 'public.agency': 1 } }, ['public.history'], async (plan) => {
      expect(plan.conditions.has('public.history')).toBe(false)
      expect(plan.rows.get('public.zone')).toBe(1)
    })
  })

  it('stops when the rows become more than the policy allows, naming tables and numbers only', async () => {
    const subset = { start: { 'public.agency': 60 }, followers: ['public.trip'], maxRows: 500 }
    await expect(withPlan(subset, [], async () => {})).rejects.toThrow(SubsetTooLarge)
    await expect(withPlan(subset, [], async () => {})).rejects.toThrow(
      /more than 500 rows so far: \d+ of "public"\."/,
    )
  })

  it('comes to an end in a ring of rows', async () => {
    const schema = `CREATE TABLE ring (id int PRIMARY KEY, next int); INSERT INTO ring SELECT i, 1 + i % 50 FROM generate_series(1, 50) i;
      ALTER TABLE ring ADD FOREIGN KEY (next) REFERENCES ring;`
    const subset = { start: { 'public.ring': 1 }, followers: ['public.ring'] }
    await withPlan(subset, [], async (plan) => expect(plan.rows.get('public.ring')).toBe(50), schema)
  })
})
