import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { Scenario } from '../../model/scenario.ts'
import { type OpenServer, openDatabases } from '../../postgres/databases.ts'
import { rehearseRestore } from '../../rehearse/rehearse-restore.ts'
import { query } from '../../testing/with-test-database.ts'
import { openCheckpoints } from '../checkpoints.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { openBackups } from './backups.ts'
import { compareRestored } from './compare-restored.ts'
import '../../vitest/provided.ts'

const tool = {
  historyTable: '_prisma_migrations',
  fetchHistory: async () => [],
  fetchOtherHistories: async () => [],
}
const surroundings = { roles: [], changes: [], hidden: [] }
let server: OpenServer
let folder: string

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  folder = await mkdtemp(join(tmpdir(), 'phaseproof restore '))
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** Every kind of value and object that a restore is most likely to lose. */
const SHOP = `
  CREATE TYPE state AS ENUM ('open', 'paid');
  CREATE TABLE orders (id serial PRIMARY KEY, gone text, state state DEFAULT 'open', at timestamptz, price numeric(10, 2),
    ratio float8, tags text[], raw bytea, doc jsonb, CHECK (price >= 0));
  ALTER TABLE orders DROP COLUMN gone;
  INSERT INTO orders (at, price, ratio, tags, raw, doc)
    SELECT '2026-01-01 00:00:00.123456+01'::timestamptz + n * interval '1 hour', n / 7.0, 1 / (n + 0.1), ARRAY['a\\b', NULL], '\\x00ff', '{"n": 1}'
      FROM generate_series(1, 50) n;
  COMMENT ON TABLE orders IS 'what was bought';
  CREATE VIEW paid AS SELECT id FROM orders WHERE state = 'paid';
  CREATE INDEX orders_open ON orders (at) WHERE state = 'open';
  SELECT setval('orders_id_seq', 900);
`

/** Restores by a scenario's means, or by PostgreSQL's, over what stands for a phase; null where there are none. */
async function restoreBy(backup: Scenario['backup'], after: string) {
  const name = `restore ${process.pid} ${Math.random()}`
  const checkpoints = openCheckpoints(server, name, folder)
  const scenario = { name, ...(backup && { backup }) } as Scenario
  const context = { scenario, server, checkpoints, projectRoot: folder, tool } as unknown as PhaseContext
  await mkdir(join(folder, 'scenarios', name), { recursive: true })
  const backups = openBackups(context)
  try {
    const before = await checkpoints.make('a', null, tool, async (url) => {
      await query(url, SHOP)
      return { replay: null, surroundings }
    })
    const made = await checkpoints.make('b', before.checkpoint, tool, async (url) => {
      await query(url, after)
      return { replay: null, surroundings }
    })
    const means = await backups.findMeans()
    if (typeof means === 'string') return means
    const taken = await backups.of(before.checkpoint)
    return await checkpoints.withScratch(
      made.checkpoint.database,
      (connectionString, database) =>
        rehearseRestore(means, taken, {
          connectionString,
          drop: () => server.dropDatabase(database),
          compare: () => compareRestored({ tool, checkpoints }, connectionString, before.checkpoint),
        }),
      taken.database,
    )
  } finally {
    await checkpoints.forgetAllBut([])
    await backups.close()
  }
}

const node = (program: string) => ['node', '-e', program]
const nothing = node('')
const writes = node("require('node:fs').writeFileSync(process.env.FILE, 'rows')")

it('brings back by pg_dump all that a phase destroys, or says what it needs for that', async () => {
  const came = await restoreBy(
    undefined,
    'DROP VIEW paid; DROP TABLE orders; DROP TYPE state; CREATE TABLE left_over ()',
  )
  if (typeof came === 'string') expect(came).toMatch(/needs pg_dump.*Install the client/s)
  else expect(came).toMatchObject({ failure: null, differences: [], sessions: 'ended' })
})

it('finds what a command that does nothing leaves', async () => {
  const came = await restoreBy(
    { dump: writes, restore: nothing },
    "UPDATE orders SET state = 'paid' WHERE id < 4",
  )
  expect(came).toMatchObject({
    failure: null,
    sessions: 'stay',
    differences: ['orders.state: 3 values are not what they were'],
  })
})

it.each([
  ['a backup that writes nothing', { dump: nothing, restore: nothing }, 'backup', /wrote nothing/],
  ['a backup that cannot be started', { dump: ['./no-such'], restore: nothing }, 'backup', /ENOENT/],
  [
    'a restore that fails',
    { dump: writes, restore: node("console.error('disk full'); process.exit(3)") },
    'restore',
    /disk full/,
  ],
] as const)('tells %s', async (_claim, backup, step, says) => {
  const came = await restoreBy(backup, 'SELECT 1')
  expect(came).toMatchObject({ failure: { step, says: expect.stringMatching(says) } })
})
