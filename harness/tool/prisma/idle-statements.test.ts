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

it('names nothing where it cannot tell which statement it was', async () => {
  expect(await toIdleStatements(toMigration('1_a', sql), ['UPDATE 0', 'DELETE 0'])).toEqual([])
})
