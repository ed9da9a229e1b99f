import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { RollbackRehearsal } from '../../model/rehearsal.ts'
import { rollsBack } from './rolls-back.ts'

const file = 'scenarios/shop/phases/01-shop/rollback.sql'
const came: RollbackRehearsal = {
  stop: null,
  idle: [],
  durationMs: 1,
  differences: [],
  again: { failure: null, differences: [] },
}

function judge(rollback: Partial<RollbackRehearsal>, leaves: readonly string[] = []) {
  const evidence = { rehearsal: { rollback: { ...came, ...rollback } } } as unknown as PhaseEvidence
  return rollsBack.judge({ kind: 'rolls-back', file, sha256: 'a', leaves }, evidence)
}

it('finds nothing in a rollback that leads back and lets the phase apply again', () => {
  expect(judge({})).toEqual([])
})

it('takes what the phase declares out of the differences', () => {
  const differences = [
    'orders.note: 3 values are not what they were',
    'orders.notes: 3 values are not what they were',
  ]
  expect(judge({ differences }, ['orders.note'])).toMatchObject([{ differences: [differences[1]] }])
})

it.each([
  ['orders', 'orders: column note is left over (text)'],
  ['orders', 'orders: 3 of 9 rows are lost'],
  ['orders', 'orders.note: 3 values are not what they were'],
  ['history', 'history: 20260101090000_orders (finished) is left over'],
  ['index', 'index orders_note is missing'],
  ['orders: column', 'orders: column note is left over (text)'],
])('does not let %s excuse "%s"', (entry, difference) => {
  const [found] = judge({ differences: [difference] }, [entry])
  expect(found).toMatchObject({ kind: 'rollback-incomplete' })
  expect((found as unknown as { differences: string[] }).differences).toContain(difference)
})

it.each([
  ['table orders', 'table orders is left over'],
  ['orders: column note', 'orders: column note is left over (text)'],
  ['orders: 3', 'orders: 3 of 9 rows are lost'],
  ['orders.note', 'orders.note: 3 values are not what they were'],
  ['history: 20260101090000_orders', 'history: 20260101090000_orders (finished) is left over'],
  ['sequence orders_id_seq', 'sequence orders_id_seq: its next value was 9, is 1'],
])('lets %s excuse "%s"', (entry, difference) => {
  expect(judge({ differences: [difference] }, [entry])).toEqual([])
})

it('finds a declaration of something that is as it was', () => {
  expect(judge({}, ['orders.note'])).toMatchObject([
    { kind: 'rollback-incomplete', differences: ['rollbackLeaves names orders.note, which is as it was'] },
  ])
})

it('finds a phase that does not lead to the same state again', () => {
  const again = { failure: null, differences: ['index orders_note is missing'] }
  expect(judge({ again })).toMatchObject([{ comparedWith: 'after', differences: again.differences }])
})
