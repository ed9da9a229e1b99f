import { expect, inject, it } from 'vitest'
import { withClient } from '../../ground/with-client.ts'
import { withTestDatabase } from '../../testing/with-test-database.ts'
import { countRows, keepRows } from './kept-rows.ts'

const shop = `
CREATE TYPE "State" AS ENUM ('OPEN', 'PAID');
CREATE TABLE "customers" ("id" serial PRIMARY KEY, "email" text UNIQUE NOT NULL);
CREATE TABLE "orders" ("id" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "customerId" int NOT NULL REFERENCES "customers",
  "state" "State" NOT NULL DEFAULT 'OPEN', "cents" int, "euros" numeric GENERATED ALWAYS AS ("cents" / 100.0) STORED);
CREATE TABLE "log" ("text" text);
CREATE SCHEMA "audit";
CREATE TABLE "audit"."entries" ("a" int, "b" int, PRIMARY KEY ("a", "b"));
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$;
CREATE TRIGGER no_delete BEFORE DELETE ON "log" FOR EACH ROW EXECUTE FUNCTION refuse();
INSERT INTO "customers" ("email") SELECT n || '@shop.invalid' FROM generate_series(1, 5) n;
INSERT INTO "orders" ("customerId", "cents") SELECT n, n * 150 FROM generate_series(1, 5) n;
INSERT INTO "log" VALUES ('begun'), ('begun');
INSERT INTO "audit"."entries" VALUES (1, 1), (1, 2);`

const content = `SELECT json_build_array((SELECT json_agg(t ORDER BY t."id") FROM "customers" t), (SELECT json_agg(t ORDER BY t."id") FROM "orders" t),
  (SELECT json_agg(t) FROM "log" t), (SELECT json_agg(t ORDER BY 1) FROM (SELECT * FROM "audit"."entries" ORDER BY 1, 2) t))::text AS "all"`

const writes = [
  `INSERT INTO "customers" ("email") VALUES ('new@shop.invalid')`,
  `UPDATE "orders" SET "state" = 'PAID' WHERE "id" < 3`,
  `DELETE FROM "orders" WHERE "id" = 2; DELETE FROM "customers" WHERE "id" = 2`,
  `INSERT INTO "log" VALUES ('later')`,
  `UPDATE "audit"."entries" SET "b" = 3 WHERE "b" = 2`,
  `TRUNCATE "customers" CASCADE`,
]

it('takes back whatever others wrote, time and again, and nothing is left of it', async () => {
  await withTestDatabase(inject('postgresUrl'), (url) =>
    withClient(url, async (server) => {
      await server.query(shop)
      const before = (await server.query(content)).rows[0].all
      await withClient(url, async (client) => {
        const rows = await keepRows(client)
        for (const write of [...writes, ...writes.slice(0, 2)]) {
          await server.query(write)
          expect((await server.query(content)).rows[0].all, write).not.toBe(before)
          await rows.restore()
          expect((await server.query(content)).rows[0].all, write).toBe(before)
        }
        for (const change of [
          'DROP TABLE "log"',
          'ALTER TABLE "orders" DROP COLUMN "cents" CASCADE',
          'CREATE TABLE "new" ()',
        ])
          await expect(server.query(change), change).rejects.toThrow('no schema')
        await server.query('CREATE TEMP TABLE "mine" ("n" int); DROP TABLE "mine"')
        await rows.forget()
        await server.query(
          'ALTER TABLE "orders" ALTER "state" DROP DEFAULT; ALTER TABLE "orders" DROP COLUMN "state"; DROP TYPE "State"',
        )
      })
    }),
  )
})

it('counts rows by table, without the namespace public', async () => {
  await withTestDatabase(inject('postgresUrl'), (url) =>
    withClient(url, async (client) => {
      await client.query(shop)
      expect(Object.fromEntries(await countRows(client))).toEqual({
        customers: 5,
        orders: 5,
        log: 2,
        'audit.entries': 2,
      })
    }),
  )
})
