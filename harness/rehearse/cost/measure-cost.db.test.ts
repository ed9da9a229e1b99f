import { describe, expect, it } from 'vitest'
import type { CostRehearsal, StatementCost } from '../../model/cost.ts'
import { toMigration, withDatabaseForTest } from '../../testing/database-for-test.ts'
import { query } from '../../testing/with-test-database.ts'
import { measureCost } from './measure-cost.ts'
import '../../vitest/provided.ts'

const SHOP = `
  CREATE TABLE parents (id int PRIMARY KEY);
  CREATE TABLE orders (id int PRIMARY KEY, parent int, note varchar(20), at timestamp);
  CREATE TABLE audit (id int);
  INSERT INTO parents SELECT generate_series(1, 10);
  INSERT INTO orders SELECT g, 1 + g % 10, 'note', now() FROM generate_series(1, 5000) g;
  CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  ANALYZE;`

async function measure(
  files: readonly string[],
  transactionRule = 'one-batch',
  expected: Readonly<Record<string, number>> = {},
): Promise<CostRehearsal> {
  return withDatabaseForTest(async ({ connectionString }) => {
    await query(connectionString, SHOP)
    const migrations = files.map((sql, index) => toMigration(`${index + 1}`, sql))
    const place = { connectionString, superuserUrl: connectionString, rules: { transactionRule } }
    return measureCost(place, migrations, expected)
  })
}

const toLocks = ({ locks }: StatementCost) =>
  locks.map(({ relation, mode }) => `${relation.slice('public.'.length)} ${mode.slice(0, -'Lock'.length)}`)

describe('each statement', () => {
  it.for<[sql: string, locks: string[], rewrite: string | null]>([
    ['ALTER TABLE orders ADD a int', ['orders AccessExclusive'], null],
    ['ALTER TABLE orders ADD a int DEFAULT 3', ['orders AccessExclusive'], null],
    ['ALTER TABLE orders ADD a timestamptz DEFAULT now()', ['orders AccessExclusive'], null],
    [
      'ALTER TABLE orders ADD a uuid DEFAULT gen_random_uuid()',
      ['orders AccessExclusive'],
      'a default for each row',
    ],
    ['ALTER TABLE orders ADD a serial', ['orders AccessExclusive'], 'a default for each row'],
    ['ALTER TABLE orders ALTER id TYPE bigint', ['orders AccessExclusive'], 'another type'],
    ['ALTER TABLE orders ALTER note TYPE text', ['orders AccessExclusive'], null],
    ["SET TimeZone = 'UTC'; ALTER TABLE orders ALTER at TYPE timestamptz", ['orders AccessExclusive'], null],
    [
      "SET TimeZone = 'Europe/Paris'; ALTER TABLE orders ALTER at TYPE timestamptz",
      ['orders AccessExclusive'],
      'another type',
    ],
    ['ALTER TABLE orders SET UNLOGGED', ['orders AccessExclusive'], 'logged or unlogged'],
    ['CLUSTER orders USING orders_pkey', ['orders AccessExclusive'], 'a new file'],
    ['TRUNCATE orders', ['orders AccessExclusive'], null],
    ['ALTER TABLE orders ALTER parent SET NOT NULL', ['orders AccessExclusive'], null],
    [
      'ALTER TABLE orders ADD FOREIGN KEY (parent) REFERENCES parents (id)',
      ['orders ShareRowExclusive', 'parents ShareRowExclusive'],
      null,
    ],
    ['CREATE INDEX ON orders (parent)', ['orders Share'], null],
    ['CREATE TABLE new (parent int REFERENCES parents (id))', ['parents ShareRowExclusive'], null],
    [
      'CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION noop()',
      ['orders ShareRowExclusive'],
      null,
    ],
    ["UPDATE orders SET note = 'x'", ['orders RowExclusive'], null],
    ['DROP TABLE orders', ['orders AccessExclusive'], null],
    ['ALTER TABLE orders RENAME TO requests', ['orders AccessExclusive'], null],
    ["COMMENT ON TABLE orders IS 'x'", ['orders ShareUpdateExclusive'], null],
    ['DO $$ BEGIN ALTER TABLE orders ADD a int; END $$', ['orders AccessExclusive'], null],
  ])('%s', async ([sql, locks, rewrite]) => {
    const { statements, differences } = await measure([sql])
    expect(differences).toEqual([])
    const statement = statements.at(-1) as StatementCost
    expect(toLocks(statement).sort()).toEqual(locks.sort())
    expect(statement.rewrites.map(({ reason }) => reason).join()).toBe(rewrite ?? '')
    if (rewrite !== null) expect(statement.rewrites[0]?.bytes).toBeGreaterThan(200_000)
    // What its text says agrees with what was seen.
    const predicted = Object.entries(statement.predicted?.locks ?? {})
    for (const [relation, mode] of predicted)
      expect(statement.locks).toContainEqual(expect.objectContaining({ relation, mode }))
    for (const [relation, is] of Object.entries(statement.predicted?.rewrites ?? {})) {
      const isRewritten = statement.rewrites.some((entry) => entry.relation === relation)
      expect([is, 'depends']).toContain(is === 'depends' ? 'depends' : isRewritten)
    }
  })

  it('tells rows, scans and what Postgres did', async () => {
    const { statements } = await measure([
      "UPDATE orders SET note = 'x' WHERE id <= 100",
      'ALTER TABLE orders ALTER parent SET NOT NULL',
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (at IS NOT NULL)',
      'ALTER TABLE orders ALTER at SET NOT NULL',
    ])
    const [update, notNull, , proven] = statements
    expect([update?.rows, update?.scans]).toEqual([100, []])
    expect(notNull).toMatchObject({ scans: [{ relation: 'public.orders', rows: 5000 }], rows: 0 })
    expect(notNull?.said).toEqual(['verifying table "orders"'])
    expect(proven).toMatchObject({ scans: [] })
    expect(proven?.said.join()).toContain('sufficient')
  })

  it('tells temporary files', async () => {
    const { statements } = await measure([
      "SET work_mem = '64kB'; INSERT INTO audit SELECT g FROM generate_series(1, 50000) g ORDER BY md5(g::text)",
    ])
    expect(statements[0]?.tempBytes).toBeGreaterThan(100_000)
    expect(statements[0]?.rows).toBe(50_000)
    expect(statements[0]?.walBytes).toBeGreaterThan(100_000)
  })
})

describe('the transaction rule', () => {
  const slow = ['ALTER TABLE orders ADD a int; SELECT pg_sleep(0.5)']

  it('holds a lock to the end of a file that is one batch', async () => {
    const { statements } = await measure(slow, 'one-batch')
    expect(statements.map(({ transaction }) => transaction)).toEqual([1, 1])
    expect(statements[0]?.locks.find(({ mode }) => mode === 'AccessExclusiveLock')?.heldMs).toBeGreaterThan(
      50,
    )
  })

  it('holds a lock for its statement where each commits by itself', async () => {
    const { statements } = await measure(slow, 'per-statement')
    expect(statements.map(({ transaction }) => transaction)).toEqual([1, 2])
    expect(statements[0]?.locks.find(({ mode }) => mode === 'AccessExclusiveLock')?.heldMs).toBeLessThan(500)
  })

  it.for(['one-batch', 'per-statement'])('heeds BEGIN and COMMIT of a file under %s', async (rule) => {
    const sql = `ALTER TABLE audit ADD a int;
      BEGIN; ALTER TABLE orders ADD a int; SELECT pg_sleep(0.5); COMMIT;
      ALTER TABLE parents ADD a int;`
    const { statements, differences } = await measure([sql], rule)
    expect(differences).toEqual([])
    const transactions = statements.map(({ transaction }) => transaction)
    // A batch is one transaction until its COMMIT.
    expect(transactions).toEqual(rule === 'one-batch' ? [1, 1, 1, 2] : [1, 2, 2, 3])
    expect(statements[1]?.locks[0]?.heldMs).toBeGreaterThan(500)
  })

  it('lets a file set its isolation first', async () => {
    const { differences } = await measure([
      'BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL lock_timeout = 1000; ALTER TABLE orders ADD a int; COMMIT;',
      'BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; ALTER TABLE orders ADD b int; COMMIT;',
    ])
    expect(differences).toEqual([])
  })
})

describe('outside of a transaction', () => {
  it.for<[sql: string, mode: string, rewrite: string[]]>([
    ['CREATE INDEX CONCURRENTLY i ON orders (note)', 'orders ShareUpdateExclusive', []],
    ['VACUUM FULL orders', 'orders AccessExclusive', ['a new file']],
    ['REINDEX TABLE CONCURRENTLY orders', 'orders ShareUpdateExclusive', []],
  ])('sees or tells the lock of %s', async ([sql, mode, rewrite]) => {
    const { statements, differences } = await measure([sql])
    expect(differences).toEqual([])
    expect(toLocks(statements[0] as StatementCost)).toContain(mode)
    expect(statements[0]?.locks.map(({ seen }) => seen)).not.toContain('transaction')
    expect(statements[0]?.rewrites.map(({ reason }) => reason)).toEqual(rewrite)
  })

  it('runs a block that commits by itself', async () => {
    const { differences } = await measure(
      ["DO $$ BEGIN UPDATE orders SET note = 'a'; COMMIT; UPDATE orders SET note = 'b'; END $$"],
      'per-statement',
    )
    expect(differences).toEqual([])
  })
})

it('says where it did not lead to the same as the deploy', async () => {
  const { differences } = await measure(['DELETE FROM orders WHERE id = 1'], 'one-batch', {
    'public.orders': 5000,
    'public.gone': 1,
  })
  expect(differences).toEqual(['public.orders has 4999 rows instead of 5000', 'public.gone is not there'])
  const stopped = await measure(['SELECT 1 / 0'])
  expect(stopped.differences).toEqual([
    'migrations/1/migration.sql did not run statement by statement: 22012 division by zero',
  ])
})

it('names a table as it was called before the transaction, and none that only its transaction sees', async () => {
  const { statements } = await measure([
    'ALTER TABLE orders RENAME TO requests; ALTER TABLE requests ADD a int; CREATE TABLE new (id int); ALTER TABLE new ADD b int',
  ])
  expect(statements.map(toLocks)).toEqual([['orders AccessExclusive'], [], [], []])
})
