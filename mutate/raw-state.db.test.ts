import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { withClient } from '../harness/ground/with-client.ts'
import { type OpenServer, openDatabases } from '../harness/postgres/databases.ts'
import { compareRawStates, fetchRawState, type RawState } from './raw-state.ts'
import '../harness/vitest/provided.ts'

const template = `phaseproof_test_${randomBytes(6).toString('hex')}`
const clone = `${template}_clone`
const schema = `
  CREATE TABLE "customers" ("id" text PRIMARY KEY, "name" text NOT NULL, "note" text);
  CREATE TABLE "orders" ("id" int PRIMARY KEY, "customer" text REFERENCES "customers", "total" numeric DEFAULT 0);
  CREATE INDEX "orders_customer" ON "orders" ("customer");
  CREATE SEQUENCE "numbers";
  CREATE FUNCTION "one"() RETURNS int LANGUAGE sql AS 'SELECT 1';
  CREATE TABLE "applied" ("migration_name" text, "finished_at" timestamp, "rolled_back_at" timestamp);
  INSERT INTO "customers" VALUES ('a', 'Ann', 'x'), ('b', 'Bea', 'y');
  INSERT INTO "orders" VALUES (1, 'a', 5), (2, 'b', 6)`
let server: OpenServer
let right: RawState

const fetch = (name: string) => fetchRawState(server.connectionString(name), 'applied')

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  await server.createDatabase(template, { mark: 'test' })
  await withClient(server.connectionString(template), (client) => client.query(schema))
  await server.sealDatabase(template, 'test')
})

beforeEach(async () => {
  await server.dropDatabase(clone)
  await server.createDatabase(clone, { mark: 'test', template })
  right ??= await fetch(clone)
})

afterAll(async () => {
  await server.dropDatabase(clone)
  await server.dropDatabase(template)
  await server.close()
})

describe('the second observer', () => {
  it('sees no difference between two copies', async () => {
    expect(compareRawStates(right, await fetch(clone), new Set())).toEqual([])
  })

  it.for([
    `ALTER TABLE "customers" ADD "more" text`,
    `ALTER TABLE "customers" ALTER "name" DROP NOT NULL`,
    `ALTER TABLE "orders" ALTER "total" SET DEFAULT 1`,
    `ALTER TABLE "orders" DISABLE TRIGGER ALL`,
    `ALTER TABLE "orders" ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY "p" ON "orders" USING (false)`,
    `GRANT SELECT ON "orders" TO PUBLIC`,
    `GRANT UPDATE ("total") ON "orders" TO PUBLIC`,
    `ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC`,
    `GRANT CREATE ON SCHEMA public TO PUBLIC`,
    `COMMENT ON COLUMN "orders"."total" IS 'of all'`,
    `DROP INDEX "orders_customer"; CREATE INDEX "orders_customer" ON "orders" ("customer" text_pattern_ops)`,
    `DROP INDEX "orders_customer"; CREATE INDEX "orders_customer" ON "orders" ("customer" DESC)`,
    `CREATE OR REPLACE FUNCTION "one"() RETURNS int LANGUAGE sql AS 'SELECT 2'`,
    `ALTER FUNCTION "one"() SECURITY DEFINER`,
    `SELECT nextval('numbers')`,
    `ALTER SEQUENCE "numbers" CYCLE`,
    `CREATE TYPE "enumerated" AS ENUM ('A')`,
    `CREATE DOMAIN "domain" AS text CHECK (VALUE <> '')`,
    `CREATE RULE "r" AS ON DELETE TO "orders" DO INSTEAD NOTHING`,
    `ALTER TABLE "orders" REPLICA IDENTITY FULL`,
    `CREATE PUBLICATION "pub" FOR TABLE "orders"`,
    `SELECT lo_create(0)`,
    `UPDATE "customers" SET "note" = 'z' WHERE "id" = 'a'`,
    `UPDATE "customers" SET "note" = CASE "id" WHEN 'a' THEN 'y' ELSE 'x' END`,
    `DELETE FROM "orders" WHERE "id" = 1`,
    `INSERT INTO "applied" VALUES ('1_more', now(), NULL)`,
    `ALTER TABLE "orders" ALTER CONSTRAINT "orders_customer_fkey" DEFERRABLE`,
    `ALTER TABLE "orders" ALTER "customer" SET STATISTICS 5`,
    `CREATE TABLE "child" () INHERITS ("customers")`,
    `CREATE EXTENSION citext`,
  ])('sees %s', async (sql) => {
    await withClient(server.connectionString(clone), (client) => client.query(sql))
    expect(compareRawStates(right, await fetch(clone), new Set())).not.toEqual([])
  })

  it('takes what differs between two right runs for no difference', async () => {
    await withClient(server.connectionString(clone), (client) =>
      client.query(`UPDATE "orders" SET "total" = 9`),
    )
    const found = await fetch(clone)
    const unsteady = new Set([...right].filter((line) => !found.has(line)))
    expect(compareRawStates(right, found, unsteady)).toEqual([])
  })
})
