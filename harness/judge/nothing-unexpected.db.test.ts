import { expect, inject, it } from 'vitest'
import { fetchContent } from '../inspect/content/fetch-content.ts'
import { inspectDatabase } from '../inspect/inspect-database.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { StatedExpectation } from '../model/expectation.ts'
import type { MigrationHistory } from '../model/tool.ts'
import { check, has, index } from '../model/vocabulary.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { nothingUnexpected } from './checks/nothing-unexpected.ts'
import '../vitest/provided.ts'

const tool: MigrationHistory = {
  historyTable: 'applied',
  fetchHistory: async () => [],
  fetchOtherHistories: async () => [],
}

/** What is unexpected of the tables `orders`, which is there before, and `parcels`, which the SQL may make. */
function changesOf(sql: string, stated: readonly StatedExpectation[]): Promise<readonly string[]> {
  return withTestDatabase(inject('postgresAddress').url, async (url) => {
    await query(url, 'CREATE TABLE "orders" ("id" int PRIMARY KEY, "note" text)')
    const before = await inspect(url)
    await query(url, sql)
    const after = await inspect(url)
    const expectation = { changes: ['orders', 'parcels'], drops: [], stated, target: null }
    const found = nothingUnexpected.judge(
      { kind: 'nothing-unexpected', ...expectation },
      toEvidence(before, after),
    )
    return found.flatMap((finding) => (finding.kind === 'unexpected-change' ? finding.changes : []))
  })
}

async function inspect(url: string) {
  const [state, tables] = await Promise.all([inspectDatabase(url, tool), fetchContent(url, 'applied', [])])
  return { ...state, content: { tables, changes: [] } }
}

type State = Awaited<ReturnType<typeof inspect>>

function toEvidence(before: State, after: State): PhaseEvidence {
  return { phase: 1, before, after, references: {} } as unknown as PhaseEvidence
}

const parcels = 'CREATE TABLE "parcels" ("id" int PRIMARY KEY, "weight" int)'

it.for<readonly [sql: string, says: string]>([
  ['ALTER TABLE "orders" ADD "more" text', 'column more is new (text)'],
  ['CREATE RULE "r" AS ON DELETE TO "orders" DO INSTEAD NOTHING', 'rule r is new'],
  [
    `ALTER TABLE "orders" RENAME "note" TO "remark"; ALTER TABLE "orders" ALTER "remark" SET DEFAULT 'x'`,
    'column remark is new',
  ],
  ['ALTER TABLE "orders" SET UNLOGGED', 'persistence: was permanent, is unlogged'],
  ['GRANT SELECT ON "orders" TO pg_monitor', 'grant to pg_monitor is new (SELECT)'],
  ['GRANT UPDATE ("note") ON "orders" TO PUBLIC', 'PUBLIC'],
  ['ALTER TABLE "orders" OWNER TO pg_database_owner', 'owner: was'],
  [parcels.replace('TABLE', 'UNLOGGED TABLE'), 'persistence is new (unlogged)'],
  [`${parcels}; ALTER TABLE "parcels" ENABLE ROW LEVEL SECURITY`, 'row security is new (on)'],
  [`${parcels}; ALTER TABLE "parcels" FORCE ROW LEVEL SECURITY`, 'forced row security is new (on)'],
  [`${parcels}; ALTER TABLE "parcels" REPLICA IDENTITY FULL`, 'replica identity is new (full)'],
  [`${parcels}; CREATE RULE "r" AS ON DELETE TO "parcels" DO INSTEAD NOTHING`, 'rule r is new'],
  [`${parcels}; GRANT SELECT ON "parcels" TO PUBLIC`, 'grant to PUBLIC is new (SELECT)'],
  [`${parcels}; CREATE INDEX "heavy" ON "parcels" ("weight")`, 'index heavy is new'],
])('tells %s', async ([sql, says]) => {
  expect(await changesOf(sql, [])).toEqual([expect.stringContaining(says)])
})

it.for<readonly [sql: string, stated: readonly StatedExpectation[]]>([
  [parcels, []],
  [`${parcels} PARTITION BY RANGE ("id")`, []],
  ['CREATE TABLE "parcels" () INHERITS ("orders")', []],
  ['ALTER TABLE "orders" RENAME "note" TO "remark"', []],
  [
    'ALTER TABLE "orders" ADD CHECK ("id" > 0); ALTER TABLE "orders" RENAME TO "parcels"',
    [check('parcels', 'orders_id_check')],
  ],
  ['ALTER TABLE "orders" RENAME TO "parcels"', []],
  [
    `CREATE TABLE "routes" ("id" int PRIMARY KEY, "day" date) PARTITION BY RANGE ("id"); ` +
      `CREATE INDEX "days" ON "routes" ("day"); CREATE TABLE "parcels" PARTITION OF "routes" FOR VALUES FROM (0) TO (9)`,
    [],
  ],
  [`${parcels}; GRANT SELECT ON "parcels" TO pg_monitor`, []],
  [`${parcels}; ALTER TABLE "parcels" OWNER TO pg_database_owner`, []],
  [`${parcels}; GRANT SELECT ON "parcels" TO PUBLIC`, [has('parcels', 'grant to PUBLIC', 'SELECT')]],
  [`${parcels}; CREATE INDEX "heavy" ON "parcels" ("weight")`, [index('parcels', { keys: ['weight'] })]],
  ['GRANT SELECT ON "orders" TO pg_monitor', [has('orders', 'grant to pg_monitor', 'SELECT')]],
])('lets pass %s', async ([sql, stated]) => {
  expect(await changesOf(sql, stated)).toEqual([])
})
