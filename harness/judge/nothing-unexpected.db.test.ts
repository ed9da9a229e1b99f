import { expect, inject, it } from 'vitest'
import { fetchContent } from '../inspect/content/fetch-content.ts'
import { type DatabaseState, inspectDatabase } from '../inspect/inspect-database.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { StatedExpectation } from '../model/expectation.ts'
import type { MigrationHistory } from '../model/tool.ts'
import { check, has, index, sequence } from '../model/vocabulary.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { nothingUnexpected } from './checks/nothing-unexpected.ts'
import { findFallenBehind } from './fallen-behind.ts'
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
    const expectation = {
      changes: ['orders', 'parcels', 'parcels_1', 'Boxes'],
      drops: [],
      stated,
      target: null,
    }
    const found = nothingUnexpected.judge(
      { kind: 'nothing-unexpected', ...expectation },
      toEvidence(before, after),
    )
    return found.flatMap((finding) => (finding.kind === 'unexpected-change' ? finding.changes : []))
  })
}

async function inspect(url: string) {
  return {
    ...(await inspectDatabase(url, tool)),
    content: { tables: await fetchContent(url, tool.historyTable, null) },
  }
}

function toEvidence(before: DatabaseState, after: DatabaseState): PhaseEvidence {
  return { phase: 1, before, after, references: {} } as unknown as PhaseEvidence
}

const parcels = 'CREATE TABLE "parcels" ("id" int PRIMARY KEY, "weight" int)'
const boxes =
  'CREATE TABLE "Boxes" ("id" int PRIMARY KEY) PARTITION BY RANGE ("id"); CREATE TABLE "Boxes_1" PARTITION OF "Boxes" DEFAULT'
const parts = `${parcels} PARTITION BY RANGE ("id"); CREATE TABLE "parcels_1" PARTITION OF "parcels" DEFAULT`

it.for<readonly [sql: string, says: string]>([
  ['ALTER TABLE "orders" ADD "more" text', 'column more is new (text)'],
  [
    'ALTER TABLE "orders" RENAME "note" TO "remark"; ALTER TABLE "orders" ALTER "remark" SET DEFAULT 1',
    'column remark is new',
  ],
  [
    'ALTER TABLE "orders" RENAME TO "parcels"; CREATE INDEX "more" ON "parcels" ("note")',
    'index more is new',
  ],
  ['CREATE RULE "r" AS ON DELETE TO "orders" DO INSTEAD NOTHING', 'rule r is new'],
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
  [`${parcels}; ALTER TABLE "parcels" OWNER TO pg_database_owner`, 'owner is new (pg_database_owner)'],
  [`${parcels}; CREATE INDEX "heavy" ON "parcels" ("weight")`, 'index heavy is new'],
  [`${parts}; CREATE INDEX "heavy" ON "parcels_1" ("weight")`, 'index heavy is new'],
  [`${parts}; CREATE INDEX "heavy" ON "parcels" ("weight")`, 'index heavy is new'],
  [`${boxes}; CREATE INDEX "heavy" ON "Boxes_1" ("id")`, 'index heavy is new'],
])('tells %s', async ([sql, says]) => {
  expect(await changesOf(sql, [])).toEqual([expect.stringContaining(says)])
})

it.for<readonly [sql: string, stated: readonly StatedExpectation[]]>([
  [parcels, []],
  [`${parcels} PARTITION BY RANGE ("id")`, []],
  ['CREATE TABLE "parcels" () INHERITS ("orders")', []],
  ['ALTER TABLE "orders" RENAME "note" TO "Remark"', []],
  ['ALTER TABLE "orders" RENAME "id" TO "number"', []],
  ['ALTER TABLE "orders" RENAME TO "parcels"', []],
  [
    'ALTER TABLE "orders" ADD CHECK ("id" > 0); ALTER TABLE "orders" RENAME TO "parcels"',
    [check('parcels', 'orders_id_check')],
  ],
  [
    `CREATE TABLE "routes" ("id" int PRIMARY KEY, "day" date) PARTITION BY RANGE ("id"); ` +
      `CREATE INDEX "days" ON "routes" ("day"); CREATE TABLE "parcels" PARTITION OF "routes" FOR VALUES FROM (0) TO (9)`,
    [],
  ],
  [`${parts}; CREATE INDEX "heavy" ON "parcels" ("weight")`, [index('parcels', { keys: ['weight'] })]],
  [`${boxes}; CREATE INDEX "early" ON "Boxes" ("id")`, [has('Boxes', 'index early')]],
  [
    'ALTER TABLE "orders" RENAME TO "Boxes_0"; CREATE TABLE "Boxes" (LIKE "Boxes_0", PRIMARY KEY ("id")) PARTITION BY RANGE ("id"); ALTER TABLE "Boxes" ATTACH PARTITION "Boxes_0" DEFAULT',
    [],
  ],
  [
    `${parts}; ALTER TABLE "parcels" ADD CONSTRAINT "owner" FOREIGN KEY ("weight") REFERENCES "orders", ADD CONSTRAINT "light" CHECK ("weight" < 9)`,
    [has('parcels', 'constraint owner'), has('parcels', 'constraint light')],
  ],
  [
    `${parts}; CREATE TRIGGER "same" BEFORE UPDATE ON "parcels" FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    [has('parcels', 'trigger same')],
  ],
  [`${parcels}; GRANT SELECT ON "parcels" TO pg_monitor`, []],
  [
    `${parcels}; ALTER TABLE "parcels" OWNER TO pg_database_owner`,
    [has('parcels', 'owner', 'pg_database_owner')],
  ],
  [`${parcels}; GRANT SELECT ON "parcels" TO PUBLIC`, [has('parcels', 'grant to PUBLIC', 'SELECT')]],
  [`${parcels}; CREATE INDEX "heavy" ON "parcels" ("weight")`, [index('parcels', { keys: ['weight'] })]],
  ['GRANT SELECT ON "orders" TO pg_monitor', [has('orders', 'grant to pg_monitor', 'SELECT')]],
])('lets pass %s', async ([sql, stated]) => {
  expect(await changesOf(sql, stated)).toEqual([])
})

it.for<readonly [sql: string, stated: readonly StatedExpectation[], behind: readonly string[]]>([
  ['INSERT INTO "orders" VALUES (5)', [], ['orders_id_seq']],
  ['INSERT INTO "orders" VALUES (5)', [sequence('orders_id_seq', { feeds: 'orders.id' })], []],
  ['INSERT INTO "orders" VALUES (DEFAULT)', [], []],
  [`SELECT setval('orders_id_seq', 1)`, [], []],
  ['CREATE TABLE "parcels" ("id" serial); INSERT INTO "parcels" VALUES (1)', [], ['parcels_id_seq']],
  ['INSERT INTO "others" VALUES (9)', [], []],
  ['INSERT INTO "late" VALUES (9)', [], []],
])('tells of sequences after %s', async ([sql, stated, behind]) => {
  const found = await withTestDatabase(inject('postgresAddress').url, async (url) => {
    await query(url, 'CREATE TABLE "orders" ("id" serial); INSERT INTO "orders" VALUES (DEFAULT), (DEFAULT)')
    await query(url, 'CREATE TABLE "others" ("id" serial); CREATE TABLE "late" ("id" serial)')
    await query(url, 'INSERT INTO "late" VALUES (7)')
    const before = await inspectDatabase(url, tool)
    await query(url, sql)
    const evidence = toEvidence(before, await inspectDatabase(url, tool))
    const isNamed = (name: string) => ['orders', 'parcels', 'late'].includes(name)
    return findFallenBehind(isNamed, stated, evidence)
  })
  expect(found.map((one) => (one.kind === 'sequence-behind' ? one.name : one.kind))).toEqual(behind)
})
