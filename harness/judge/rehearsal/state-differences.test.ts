import { expect, it } from 'vitest'
import type { TableChange } from '../../model/content.ts'
import type { HistoryRow } from '../../model/history.ts'
import type { SchemaModel, SequenceModel } from '../../model/schema-model.ts'
import { stateDifferences } from './state-differences.ts'

const row: HistoryRow = {
  name: '20260101090000_orders',
  checksum: 'a',
  startedAt: '2026-01-01T09:00:00Z',
  finishedAt: '2026-01-01T09:00:01Z',
  rolledBackAt: null,
  appliedSteps: 1,
  logs: null,
}
const none = { rows: 0, keys: [] }

const schema: SchemaModel = {
  tables: [],
  enums: [],
  sequences: [],
  views: [],
  functions: [],
  extensions: [],
  objects: [],
}

function toState(history: readonly HistoryRow[] = [], rowCounts: Readonly<Record<string, number>> = {}) {
  return { schema, history, rowCounts }
}

function withNext(nextValue: string) {
  const sequence: SequenceModel = {
    namespace: 'public',
    name: 'orders_id_seq',
    type: 'integer',
    increment: '1',
    limit: '2147483647',
    nextValue,
    file: '1',
    ownedBy: null,
    feeds: [],
  }
  return { ...toState(), schema: { ...schema, sequences: [sequence] } }
}

it('tells a history that was forgotten, and one that was lost', () => {
  const [recorded, empty] = [toState([row]), toState()]
  expect(stateDifferences(empty, recorded, [])).toEqual([
    'history: 20260101090000_orders (finished) is left over',
  ])
  expect(stateDifferences(recorded, empty, [])).toEqual([
    'history: 20260101090000_orders (finished) is missing',
  ])
})

it('takes a row that was rolled back for none, as the next deploy does', () => {
  const undone = { ...row, rolledBackAt: '2026-01-01T10:00:00Z' }
  expect(stateDifferences(toState(), toState([undone]), [])).toEqual([])
  expect(stateDifferences(toState([undone]), toState(), [])).toEqual([])
  expect(stateDifferences(toState([row]), toState([undone]), [])).toEqual([
    'history: 20260101090000_orders (finished) is missing',
  ])
})

it('tells rows that are lost, left over, or others', () => {
  const change: TableChange = {
    table: 'public.orders',
    rows: 9,
    key: ['id'],
    lost: { rows: 2, keys: ['1', '2'] },
    added: { rows: 1, keys: ['10'] },
    columns: [{ column: 'note', fate: 'kept', retyped: null, rows: 3, keys: ['4'] }],
    isDropped: false,
  }
  expect(stateDifferences(toState(), toState(), [change])).toEqual([
    'orders: 2 of 9 rows are lost',
    'orders: 1 rows are left over',
    'orders.note: 3 values are not what they were',
  ])
  const dropped = { ...change, lost: none, added: none, columns: [], isDropped: true }
  expect(stateDifferences(toState(), toState(), [dropped])).toEqual(['orders: all 9 rows are lost'])
})

it('counts rows where values are not compared', () => {
  const [before, after] = [toState([], { 'public.orders': 9 }), toState([], { 'public.orders': 8 })]
  expect(stateDifferences(before, after, null)).toEqual(['orders: 9 rows were there, 8 are'])
})

it('tells a sequence that would hand out a number again, and not one that left numbers out', () => {
  expect(stateDifferences(withNext('9'), withNext('12'), [])).toEqual([])
  expect(stateDifferences(withNext('9'), withNext('1'), [])).toEqual([
    'sequence orders_id_seq: its next value was 9, is 1',
  ])
})
