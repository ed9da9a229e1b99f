import { expect, it } from 'vitest'
import type { SequenceModel } from '../model/schema-model.ts'
import { describeSequences } from './describe-sequences.ts'

const column = { table: 'public.orders', column: 'id', type: 'integer', outermost: '3' }
const model: SequenceModel = {
  namespace: 'public',
  name: 'orders_id_seq',
  file: '1',
  type: 'integer',
  increment: '1',
  limit: '2147483647',
  nextValue: '1',
  ownedBy: column,
  feeds: [column],
}
const ahead = { ...model, nextValue: '4' }
const stated = { namespace: 'public', name: 'orders_id_seq', lastValue: '1', isCalled: false, behind: true }

it('says which sequence of production is behind, and what that does', () => {
  expect(describeSequences({ sequences: [stated] }, [model], new Set())).toEqual([
    "Production's sequence orders_id_seq is behind orders.id: its next value is 1, and max(orders.id) is 3. An insert that takes its number from it fails there with 23505, as here.",
  ])
})

it('says it also where the rows that it meets were left out', () => {
  expect(describeSequences({ sequences: [stated] }, [ahead], new Set())).toEqual([
    "Production's sequence orders_id_seq was behind its column when the snapshot was taken; the rows that its next values meet are not in the snapshot.",
  ])
})

it('says of which sequences the snapshot knows nothing', () => {
  expect(describeSequences({}, [ahead], new Set())).toEqual([
    "The snapshot does not say where production's sequence orders_id_seq stood, so it was moved past its rows: one that is behind in production is not seen here.",
  ])
  expect(describeSequences({}, [ahead, { ...ahead, name: 'b' }], new Set())[0]).toContain('2 of production')
})

it('says nothing of one that stands where it should, or feeds no column', () => {
  const alone = { ...ahead, name: 'alone', ownedBy: null, feeds: [] }
  expect(describeSequences({}, [ahead, alone], new Set(['public.orders_id_seq']))).toEqual([])
  expect(describeSequences({ sequences: [{ ...stated, behind: false }] }, [ahead], new Set())).toEqual([])
})
