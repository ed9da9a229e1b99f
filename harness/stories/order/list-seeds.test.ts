import { expect, it } from 'vitest'
import { listSeeds } from './list-seeds.ts'

const toMigration = (name: string, sql: string) => ({
  name,
  sql,
  file: `migrations/${name}/migration.sql`,
  checksum: '',
  checksumOtherLineEndings: '',
})

async function seeds(sql: string, before = '') {
  return listSeeds([toMigration('2_b', sql)], [toMigration('1_a', before)])
}

it('names tables whose rows stand in the statements', async () => {
  expect(
    await seeds(`INSERT INTO kinds VALUES ('a', now()) ON CONFLICT DO NOTHING; UPDATE kinds SET b = lower(c);
      INSERT INTO stock."Shelf" SELECT 'x' WHERE NOT EXISTS (SELECT 1 FROM stock."Shelf")`),
  ).toEqual({ constant: ['public.kinds', 'stock.Shelf'], other: {} })
})

it.each([
  ['INSERT INTO kinds SELECT name FROM units', 'its rows come from public.units'],
  [
    "INSERT INTO kinds VALUES ('a'); UPDATE kinds SET b = (SELECT max(c) FROM units)",
    'its rows come from public.units',
  ],
  [
    "INSERT INTO kinds VALUES ('a'); DELETE FROM kinds USING units WHERE b = c; INSERT INTO kinds VALUES ('b')",
    'its rows come from public.units',
  ],
  ["DO $$ BEGIN INSERT INTO kinds VALUES ('a'); END $$", 'a block writes to it'],
])('says why the rows of a table need not be the same: %s', async (sql, reason) => {
  expect(await seeds(sql)).toEqual({ constant: [], other: { 'public.kinds': reason } })
})

it('takes rows for the same that come from such a table, and leaves out with a table whatever comes from it', async () => {
  expect(
    await seeds(`INSERT INTO kinds VALUES ('a'); INSERT INTO options SELECT name FROM kinds;
      INSERT INTO shelves SELECT name FROM units; INSERT INTO boards SELECT name FROM shelves, kinds`),
  ).toEqual({
    constant: ['public.kinds', 'public.options'],
    other: {
      'public.shelves': 'its rows come from public.units',
      'public.boards': 'its rows come from public.shelves',
    },
  })
})

it('leaves out a table that a migration before the phases wrote to', async () => {
  expect(await seeds("INSERT INTO kinds VALUES ('b')", "INSERT INTO kinds VALUES ('a')")).toEqual({
    constant: [],
    other: { 'public.kinds': '1_a wrote to it before the phases' },
  })
})

it('names no table that nothing is inserted into', async () => {
  expect(await seeds('UPDATE units SET a = 1; CREATE TABLE b (c int)')).toEqual({ constant: [], other: {} })
})
