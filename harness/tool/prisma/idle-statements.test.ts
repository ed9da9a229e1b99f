import { expect, it } from 'vitest'
import { toMigration } from '../../testing/database-for-test.ts'
import { toIdleStatements } from './idle-statements.ts'

const sql = `ALTER TABLE "a" ADD COLUMN "n" INTEGER;
-- Old rows count from one.
UPDATE "a"
   SET "n" = 1;
INSERT INTO "b" SELECT * FROM "a";
DELETE FROM "c";`

it('names file, line and beginning of what changed no row', async () => {
  const idle = await toIdleStatements(toMigration('1_a', sql), [
    'ALTER TABLE',
    'UPDATE 0',
    'INSERT 0 0',
    'DELETE 3',
  ])
  expect(idle.map(({ file, line, statement }) => `${file}:${line} ${statement}`)).toEqual([
    'migrations/1_a/migration.sql:3 UPDATE "a" SET "n" = 1',
    'migrations/1_a/migration.sql:5 INSERT INTO "b" SELECT * FROM "a"',
  ])
})

it('names once a file whose statements cannot be told apart', async () => {
  const idle = await toIdleStatements(toMigration('1_a', sql), ['UPDATE 0', 'DELETE 0'])
  expect(idle.map(({ line, statement, rows }) => [line, statement, rows])).toEqual([
    [1, 'the whole file', null],
  ])
})

it.for([
  ['DO $$ BEGIN UPDATE a SET b = 1; END $$', 'DO', null],
  ['DO $$ BEGIN ALTER TABLE a ADD b int; END $$', 'DO', undefined],
  ['WITH gone AS (DELETE FROM a RETURNING 1) INSERT INTO b SELECT 1', 'INSERT 0 1', null],
  ['MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE', 'MERGE 0', 0],
  ['CREATE TABLE b AS SELECT * FROM a', 'SELECT 0', 0],
  ['SELECT * INTO b FROM a', 'SELECT 0', 0],
  ['CREATE MATERIALIZED VIEW b AS SELECT * FROM a', 'SELECT 0', undefined],
  ['SELECT id FROM a', 'SELECT 0', undefined],
  [`COPY a FROM '/rows'`, 'COPY 0', 0],
  [`COPY a TO '/rows'`, 'COPY 0', undefined],
  ['TRUNCATE a', 'TRUNCATE TABLE', null],
  ['CALL fill()', 'CALL', null],
  ['SELECT fill()', 'SELECT 1', null],
] as const)('%s, to which Postgres says %s', async ([sql, tag, rows]) => {
  const [idle] = await toIdleStatements(toMigration('1_a', sql), [tag])
  expect(idle?.rows).toBe(rows)
})
