import { expect, it } from 'vitest'
import { changesUncounted } from './changes-uncounted.ts'
import { parseStatements } from './list-statements.ts'

const block = (body: string) => `DO $$ BEGIN ${body} END $$`

it.for([
  ['a block that updates', block('UPDATE a SET b = 1;'), true],
  ['a block that inserts in a branch', block('IF true THEN INSERT INTO a VALUES (1); END IF;'), true],
  ['a block that loops', block('FOR i IN 1..3 LOOP DELETE FROM a WHERE id = i; END LOOP;'), true],
  ['a block that runs what it puts together', block(`EXECUTE format('UPDATE %I SET b = 1', 'a');`), true],
  ['a block that runs joined texts', block(`EXECUTE 'UPDATE a SET b = ' || 1;`), true],
  ['a block that runs one text', block(`EXECUTE 'UPDATE a SET b = 1';`), true],
  ['a block that runs a function', block('PERFORM fill();'), true],
  ['a block in another language', 'DO LANGUAGE plpython3u $$ pass $$', true],
  [
    'a block with rows in a WITH',
    block('WITH gone AS (DELETE FROM a RETURNING id) INSERT INTO b SELECT id FROM gone;'),
    true,
  ],
  ['a procedure', 'CALL fill()', true],
  ['a function', 'SELECT fill(1)', true],
  ['a function in FROM', 'SELECT * FROM fill(1)', true],
  ['rows deleted in a WITH', 'WITH gone AS (DELETE FROM a RETURNING id) SELECT id FROM gone', true],
  ['a TRUNCATE', 'TRUNCATE a', true],
  [
    'a guard around a key',
    block(
      `ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id) ON DELETE CASCADE ON UPDATE CASCADE; EXCEPTION WHEN duplicate_object THEN NULL;`,
    ),
    false,
  ],
  ['a guard around a type', block(`EXECUTE 'CREATE TYPE t AS ENUM (''a'')'; -- perform it once`), false],
  ['an UPDATE', 'UPDATE a SET b = lower(b)', false],
  ['a setting', `SELECT set_config('search_path', '', false)`, false],
  ['a WITH that only reads', 'WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x', false],
  ['a function that is created', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', false],
] as const)('%s', async ([, sql, expected]) => {
  const [statement] = (await parseStatements(sql)) ?? []
  expect(statement && (await changesUncounted(statement.node))).toBe(expected)
})
