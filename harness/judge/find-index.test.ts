import { expect, it } from 'vitest'
import type { IndexModel, TableModel } from '../model/schema-model.ts'
import { index, table as tableOf } from '../model/vocabulary.ts'
import { toWantedIndex } from './checks/index.ts'
import { toWantedUnique } from './checks/unique.ts'
import { findIndex, type WantedIndex } from './find-index.ts'

const plain: IndexModel = {
  name: 'orders_note_idx',
  method: 'btree',
  keys: ['note'],
  bareKeys: ['note'],
  include: [],
  unique: false,
  nullsNotDistinct: false,
  parameters: [],
  primary: false,
  where: null,
  valid: true,
  ready: true,
  definition: 'CREATE INDEX …',
}
const wanted = toWantedIndex(index('orders', { keys: ['note'] }))
const [, stated] = tableOf('orders', { uniques: [['note', 'state']] })
const wantedUnique = toWantedUnique(stated as Parameters<typeof toWantedUnique>[0])
const pair = { ...plain, unique: true, keys: ['state DESC', 'note'], bareKeys: ['state', 'note'] }

function find(parts: Partial<IndexModel>, asked: WantedIndex = wanted) {
  const orders: Pick<TableModel, 'indexes'> = { indexes: [{ ...plain, ...parts }] }
  return findIndex(orders as TableModel, asked, 'orders')
}

const differences: readonly [Partial<IndexModel>, expected: string, found: string][] = [
  [{ keys: ['note DESC'] }, '(note)', '(note DESC)'],
  [{ keys: ['note text_pattern_ops'] }, '(note)', '(note text_pattern_ops)'],
  [{ keys: ['note COLLATE "C"'] }, '(note)', '(note COLLATE "C")'],
  [{ unique: true }, 'not unique', 'unique'],
  [{ method: 'hash' }, 'using btree', 'using hash'],
  [{ include: ['state'] }, 'no included columns', 'include (state)'],
  [{ nullsNotDistinct: true }, 'nulls distinct', 'nulls not distinct'],
  [{ parameters: ['fillfactor=70'] }, 'no storage parameters', 'with (fillfactor=70)'],
  [{ where: '(note IS NULL)' }, 'no predicate', 'where (note IS NULL)'],
]

it.for(differences)('tells an index that differs by %o', ([parts, expected, found]) => {
  expect(find(parts)).toEqual({
    finding: {
      kind: 'wrong-index',
      table: 'orders',
      name: 'orders_note_idx',
      expected,
      found: `${found}: CREATE INDEX …`,
    },
  })
})

it('takes a unique index over the same columns in another order for the wanted one, and in another direction not', () => {
  const plain = { ...pair, keys: ['state', 'note'] }
  expect(find(plain, wantedUnique)).toMatchObject({ index: { name: 'orders_note_idx' } })
  expect(find(pair, wantedUnique)).toMatchObject({ finding: { kind: 'wrong-index' } })
})

it.for([{ where: '(x)' }, { nullsNotDistinct: true }, { include: ['a'] }, { method: 'hash' }])(
  'takes a unique index with %o for another one',
  (parts) => {
    expect(find({ ...pair, ...parts }, wantedUnique)).toMatchObject({ finding: { kind: 'wrong-index' } })
  },
)

it('finds none where only the primary key, or an index over other columns, is there', () => {
  expect(find({ keys: ['state'], bareKeys: ['state'] })).toBeNull()
  expect(find({ primary: true, unique: true })).toBeNull()
})
