import { expect, it } from 'vitest'
import type { TableChange } from '../../model/content.ts'
import { withoutUnsteady } from './without-unsteady.ts'

const none = { rows: 0, keys: [] }
const change: TableChange = {
  table: 'public.orders',
  rows: 9,
  key: ['id'],
  lost: none,
  added: none,
  columns: [],
  isDropped: false,
}
const column = (name: string) => ({
  column: name,
  fate: 'kept' as const,
  retyped: null,
  rows: 3,
  keys: [],
})

it('keeps a column that two runs in the same order give the same, and no other', () => {
  const found = { ...change, columns: [column('note'), column('updatedAt')] }
  const control = { ...change, columns: [column('updatedAt')] }
  expect(withoutUnsteady([found], [control])).toEqual([{ ...change, columns: [column('note')] }])
  expect(withoutUnsteady([control], [control])).toEqual([])
})

it('counts rows whose keys are others with every run', () => {
  const control = { ...change, lost: { rows: 4, keys: [] }, added: { rows: 4, keys: [] } }
  expect(withoutUnsteady([control], [control])).toEqual([])
  const fewer = { ...control, added: { rows: 3, keys: ['x'] }, columns: [column('note')] }
  expect(withoutUnsteady([fewer], [control])).toEqual([{ ...change, lost: { rows: 1, keys: [] } }])
})

it('leaves alone what no second run was made of', () => {
  const found = { ...change, lost: { rows: 4, keys: ['1'] } }
  expect(withoutUnsteady([found], [])).toEqual([found])
})
