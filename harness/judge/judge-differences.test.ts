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
const judge = (...known: string[]) =>
  judgeDifferences('target-schema', differences, known.map(toKnown), '2026-06-01')

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
      acceptedUntil: null,
    },
  ])
})

it('accepts nothing for another reference, and asks for none of what was not compared', () => {
  expect(judgeDifferences('linear', differences, [toKnown('orders: index a')], '2026-06-01')).toEqual([
    { kind: 'schema-differs', reference: 'linear', differences },
  ])
  const isCompared = (name: string) => name !== 'trips'
  expect(
    judgeDifferences('target-schema', [], [toKnown('trips: index a')], '2026-06-01', isCompared),
  ).toEqual([])
})

it('accepts a difference on its last day, and tells it as over on the next', () => {
  const known = [{ ...toKnown('enum State'), expires: '2026-06-01' }]
  const findingsOn = (day: string) => judgeDifferences('target-schema', differences.slice(2), known, day)
  expect(findingsOn('2026-06-01')).toEqual([])
  expect(findingsOn('2026-06-02')).toEqual([
    {
      kind: 'known-difference-outdated',
      reference: 'target-schema',
      difference: 'enum State',
      owner: 'Ann',
      acceptedUntil: '2026-06-01',
    },
  ])
})
