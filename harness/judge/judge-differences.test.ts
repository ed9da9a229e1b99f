import { expect, it } from 'vitest'
import type { KnownDifference } from '../model/expectation.ts'
import { judgeDifferences } from './judge-differences.ts'

const differences = [
  'orders: index a is extra (x)',
  'orders: index a_b is extra (y)',
  'enum State: expected A, found B',
]
const toKnown = (difference: string): KnownDifference => ({
  reference: 'target-schema',
  difference,
  reason: 'because',
  owner: 'Ann',
  expires: '2999-12-31',
})
const judge = (...known: string[]) => judgeDifferences('target-schema', differences, known.map(toKnown))

it('leaves out the differences that are accepted by name, and no other', () => {
  expect(judge('orders: index a', 'enum State')).toEqual([
    { kind: 'schema-differs', reference: 'target-schema', differences: ['orders: index a_b is extra (y)'] },
  ])
})

it('tells an accepted difference that is not there', () => {
  expect(judge('orders: index a', 'orders: index a_b', 'enum State', 'orders: column c')).toEqual([
    {
      kind: 'known-difference-outdated',
      reference: 'target-schema',
      difference: 'orders: column c',
      owner: 'Ann',
    },
  ])
})

it('accepts nothing for another reference, and asks for none of what was not compared', () => {
  expect(judgeDifferences('linear', differences, [toKnown('orders: index a')])).toEqual([
    { kind: 'schema-differs', reference: 'linear', differences },
  ])
  const isCompared = (name: string) => name !== 'trips'
  expect(judgeDifferences('target-schema', [], [toKnown('trips: index a')], isCompared)).toEqual([])
})
