import { expect, it } from 'vitest'
import { withClient } from '../../ground/with-client.ts'
import { withDatabaseForTest } from '../../testing/database-for-test.ts'
import { fetchHistory, fetchOtherHistories } from './fetch-history.ts'
import { toNameOrder } from './name-order.ts'

const byBytes = toNameOrder({ by: 'bytes' })
const byLocale = toNameOrder({ by: 'locale', locale: 'en-US' })
const TABLE = `CREATE TABLE "_prisma_migrations" ("id" text, "checksum" text, "finished_at" timestamptz, "migration_name" text,
  "logs" text, "rolled_back_at" timestamptz, "started_at" timestamptz, "applied_steps_count" int)`

/** Names of the history in this order, after these rows of name, start and finish. */
const names = (rows: readonly (readonly [string, string, string | null])[], order: typeof byBytes) =>
  withDatabaseForTest(async ({ connectionString, rows: run }) => {
    await run(TABLE)
    for (const [name, start, finish] of rows) {
      const finished = finish === null ? 'NULL' : `'2026-01-02T03:04:${finish}Z'`
      await run(
        `INSERT INTO "_prisma_migrations" VALUES ('x', 'c', ${finished}, '${name}', NULL, NULL, '2026-01-02T03:04:${start}Z', 1)`,
      )
    }
    const history = await withClient(connectionString, (client) => fetchHistory(client, order))
    return history.map(({ name }) => name)
  })

it('is empty where the table is not there', () =>
  withDatabaseForTest(async ({ connectionString }) => {
    expect(await withClient(connectionString, (client) => fetchHistory(client, byBytes))).toEqual([])
  }))

it('tells each row as it stands', () =>
  withDatabaseForTest(async ({ connectionString, rows }) => {
    await rows(TABLE)
    await rows(
      `INSERT INTO "_prisma_migrations" VALUES ('x', 'c', NULL, '1_a', 'why', NULL, '2026-01-02T03:04:05.006Z', 0)`,
    )
    expect(await withClient(connectionString, (client) => fetchHistory(client, byBytes))).toEqual([
      {
        name: '1_a',
        checksum: 'c',
        startedAt: '2026-01-02T03:04:05.006Z',
        finishedAt: null,
        rolledBackAt: null,
        appliedSteps: 0,
        logs: 'why',
      },
    ])
  }))

it('is in order of the start, then of the finish, an unfinished row last', async () => {
  const rows = [
    ['1_late', '06.000', '06.000'],
    ['2_open', '05.000', null],
    ['3_slow', '05.000', '05.002'],
    ['4_quick', '05.000', '05.001'],
    ['5_same_millisecond', '04.0001', '04.0005'],
    ['6_same_millisecond', '04.0000', '04.0005'],
  ] as const
  expect(await names(rows, byBytes)).toEqual([
    '6_same_millisecond',
    '5_same_millisecond',
    '4_quick',
    '3_slow',
    '2_open',
    '1_late',
  ])
})

it('is in the order of Prisma where the times say nothing', async () => {
  const rows = [
    ['1_Init', '05.000', '05.001'],
    ['1_add', '05.000', '05.001'],
  ] as const
  expect(await names(rows, byBytes)).toEqual(['1_Init', '1_add'])
  expect(await names(rows, byLocale)).toEqual(['1_add', '1_Init'])
})

it('reads the history of the namespace that is asked for, and names the others', () =>
  withDatabaseForTest(async ({ connectionString, rows }) => {
    await rows('CREATE SCHEMA "my app"')
    await rows(TABLE.replace('"_prisma', '"my app"."_prisma'))
    await rows(
      `INSERT INTO "my app"."_prisma_migrations" VALUES ('x', 'c', now(), '1_a', NULL, NULL, now(), 1)`,
    )
    await withClient(connectionString, async (client) => {
      expect(await fetchHistory(client, byBytes)).toEqual([])
      expect(await fetchOtherHistories(client)).toEqual(['my app'])
      expect(await fetchHistory(client, byBytes, 'my app')).toMatchObject([{ name: '1_a' }])
      expect(await fetchOtherHistories(client, 'my app')).toEqual([])
    })
  }))
