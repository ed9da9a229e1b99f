import { expect, it } from 'vitest'
import { rankOf } from './in-time-order.ts'

const files = [
  '/shop/phases/03-orders/orders.contract.test.ts',
  '/harness/vitest/phases.suite.ts',
  '/shop/phases/04-trips/trips.contract.test.ts',
]

it.for<[string | null, string[]]>([
  ['04-trips', ['trips.contract.test.ts', 'phases.suite.ts', 'orders.contract.test.ts']],
  [null, ['phases.suite.ts', 'orders.contract.test.ts', 'trips.contract.test.ts']],
])('orders files for an edit of %s', ([edited, expected]) => {
  const sorted = files.toSorted((left, right) => rankOf(left, edited) - rankOf(right, edited))
  expect(sorted.map((file) => file.slice(file.lastIndexOf('/') + 1))).toEqual(expected)
})
