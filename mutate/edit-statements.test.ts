import { describe, expect, it } from 'vitest'
import { parseStatements } from '../harness/ground/sql/list-statements.ts'
import { editStatements } from './edit-statements.ts'

const migration = `CREATE TYPE "state" AS ENUM ('OPEN', 'PAID');
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "orderNumber" TEXT NOT NULL,
    "note" TEXT,
    "count" INTEGER NOT NULL DEFAULT 1,
    "price" DECIMAL(10,2),
    "weight" DOUBLE PRECISION,
    "document" JSONB,
    "paid" BOOLEAN NOT NULL DEFAULT false,
    "sent" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'OPEN',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "orders_count_check" CHECK ("count" > 0),
    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "orders_orderNumber_key" ON "orders"("orderNumber", "count");
CREATE INDEX "orders_note_idx" ON "orders"("note");
ALTER TABLE "orders" ADD COLUMN "customerId" TEXT;
ALTER TABLE "orders" ADD CONSTRAINT "orders_customerId_fkey"
    FOREIGN KEY ("customerId") REFERENCES "customers"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "orders" ADD CONSTRAINT "orders_parentId_fkey"
    FOREIGN KEY ("parentId") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;
UPDATE "orders" SET "state" = "note" WHERE "note" IS NOT NULL;
INSERT INTO "lists" VALUES ('a', 'one'), ('b', 'two');
`

describe('writing a migration wrongly', () => {
  it('makes only texts that Postgres parses, each another than the right one', async () => {
    const changes = await editStatements(migration)
    for (const { kind, sql } of changes) {
      expect(sql, kind).not.toBe(migration)
      expect(await parseStatements(sql), `${kind}: ${sql}`).not.toBeNull()
    }
    expect(new Set(changes.map(({ sql }) => sql)).size).toBe(changes.length)
  })

  it('leaves out each statement once', async () => {
    const changes = await editStatements(migration)
    const lengths = await Promise.all(
      changes
        .filter(({ kind }) => kind === 'statement-away')
        .map(async ({ sql }) => (await parseStatements(sql))?.length),
    )
    expect(lengths).toEqual(Array.from({ length: 9 }, () => 8))
  })

  it('knows all of these faults', async () => {
    const kinds = [...new Set((await editStatements(migration)).map(({ kind }) => kind))].sort()
    expect(kinds).toEqual(
      [
        'check-weaker',
        'column-away',
        'column-other-collation',
        'column-other-name',
        'default-away',
        'default-other',
      ]
        .concat([
          'enum-value-away',
          'index-collation',
          'index-direction',
          'index-include',
          'index-key-away',
          'index-method',
        ])
        .concat([
          'index-nulls-first',
          'index-nulls-not-distinct',
          'index-operator-class',
          'index-partial',
          'index-storage',
        ])
        .concat([
          'insert-other-value',
          'insert-row-away',
          'key-away',
          'key-deferrable',
          'key-match-full',
          'key-not-valid',
        ])
        .concat([
          'not-null-added',
          'not-null-away',
          'on-delete-other',
          'on-update-other',
          'statement-away',
          'type-narrower',
        ])
        .concat([
          'type-other',
          'type-precision',
          'type-time-zone',
          'unique-added',
          'unique-away',
          'update-everything',
        ])
        .concat(['update-nothing', 'update-other-value']),
    )
  })
})
