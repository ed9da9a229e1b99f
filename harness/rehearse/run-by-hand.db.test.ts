import { expect, it } from 'vitest'
import type { MissingDependency } from '../model/checkpoint.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import { toMigration, withDatabaseForTest } from '../testing/database-for-test.ts'
import { query } from '../testing/with-test-database.ts'
import { runByHand } from './run-by-hand.ts'

const there = (...names: string[]) =>
  ({ tables: names.map((name) => ({ namespace: 'public', name })) }) as unknown as SchemaModel

/** Runs one file on a table `orders` of two rows, one with a note. */
function run(sql: string, creator: MissingDependency | null = null) {
  return withDatabaseForTest(async ({ connectionString, tables }) => {
    await query(connectionString, `CREATE TABLE orders (id int, note text)`)
    await query(connectionString, `INSERT INTO orders VALUES (1, 'ring twice'), (2, NULL)`)
    const place = { namespace: 'public', schema: there('orders'), findCreator: async () => creator }
    const [came] = await runByHand(connectionString, [toMigration('1', sql)], place)
    return { came, tables: await tables() }
  })
}

const file = 'migrations/1/migration.sql'

it('counts what goes, goes on past what is refused, and names what is not there', async () => {
  const { came, tables } = await run(
    'DROP TABLE units;\nCREATE TABLE orders ();\nDROP TABLE orders;\nCREATE TABLE other ();',
  )
  expect(came).toEqual({
    migration: '1',
    ran: 2,
    of: 4,
    lost: [{ object: 'table orders', rows: 2, place: `${file}:3` }],
    absent: ['units'],
    needs: [],
  })
  expect(tables).toEqual(['other'])
})

it('counts the values of a column, and none where it is empty', async () => {
  const { came } = await run('ALTER TABLE orders DROP COLUMN note;')
  expect(came?.lost).toEqual([{ object: 'column orders.note', rows: 1, place: `${file}:1` }])
  const empty = await run('UPDATE orders SET note = NULL; ALTER TABLE orders DROP COLUMN note;')
  expect(empty.came).toMatchObject({ ran: 2, lost: [] })
})

it('tells once what a later phase creates, and not what it removed itself', async () => {
  const creator = { object: 'units', createdBy: { migration: '9_units', phase: 9 } }
  const { came } = await run('SELECT FROM units; SELECT FROM units;', creator)
  expect(came?.needs).toEqual([{ object: 'units', place: `${file}:1`, migration: '9_units', phase: 9 }])
  const own = await run('DROP TABLE orders; SELECT FROM orders;', creator)
  expect(own.came?.needs).toEqual([])
})

it('counts nothing lost in a transaction of the file that fails', async () => {
  const { came, tables } = await run('BEGIN; SELECT FROM units; DROP TABLE orders; COMMIT;')
  expect(came).toMatchObject({ lost: [], absent: [] })
  expect(tables).toEqual(['orders'])
})

it('runs nothing of a text that does not parse', async () => {
  const { came, tables } = await run(
    'DROP TABLE orders; ALTER TABLE orders ADD CONSTRAINT IF NOT EXISTS c CHECK (true);',
  )
  expect(came).toMatchObject({ ran: 0, of: 0, lost: [] })
  expect(tables).toEqual(['orders'])
})
