import { expect, it } from 'vitest'
import { listTies } from './list-ties.ts'

const toMigration = (name: string, sql: string) => ({
  name,
  sql,
  file: `migrations/${name}/migration.sql`,
  checksum: '',
  checksumOtherLineEndings: '',
})

it('names the table that one creates and the other refers to, with the place in both', async () => {
  const earlier = [toMigration('1_stores', '-- stores\nCREATE TABLE stores (id int PRIMARY KEY);')]
  const later = [toMigration('2_stock', 'CREATE TABLE stock (store int REFERENCES stores (id));')]
  expect(await listTies(earlier, later)).toEqual([
    {
      object: 'stores',
      isCreated: true,
      earlier: 'migrations/1_stores/migration.sql:2',
      later: 'migrations/2_stock/migration.sql:1',
    },
  ])
})

it('names what both change behind what one creates', async () => {
  const earlier = [
    toMigration('1_a', 'ALTER TABLE orders ADD COLUMN a int; CREATE TABLE stores (id int PRIMARY KEY);'),
  ]
  const later = [toMigration('2_b', 'UPDATE orders SET a = 1; INSERT INTO stores VALUES (1);')]
  expect((await listTies(earlier, later)).map(({ object, isCreated }) => [object, isCreated])).toEqual([
    ['stores', true],
    ['orders', false],
  ])
})

it('names nothing that only stands beside', async () => {
  const earlier = [toMigration('1_a', 'CREATE TABLE a (id int);')]
  expect(await listTies(earlier, [toMigration('2_b', 'CREATE TABLE b (id int);')])).toEqual([])
})
