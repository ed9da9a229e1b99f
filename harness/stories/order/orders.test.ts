import { describe, expect, it } from 'vitest'
import { ancestorsOf, toEarlyOrder, toOrderWithout } from './orders.ts'

const phases = (lists: readonly (readonly number[])[]) =>
  lists.map((dependsOn, at) => ({ id: at + 1, dependsOn }))

describe('the order in which a phase comes as early as its dependencies allow', () => {
  it.for([
    ['after nothing', [[], [], []], 3, [3, 1, 2]],
    ['after what it depends on, by way of others too', [[], [], [2], [3]], 4, [2, 3, 4, 1]],
    ['as in the plan, where all depend on each other', [[], [1], [2]], 3, [1, 2, 3]],
  ] as const)('runs it %s', ([, lists, id, order]) => {
    expect(toEarlyOrder(phases(lists), id)).toEqual(order)
  })
})

describe('the order without a dependency', () => {
  it('runs the phase before the one it depends on, and all others after both', () => {
    expect(toOrderWithout(phases([[], [], [1, 2]]), 3, 1)).toEqual({ before: [2, 3], after: [1] })
  })

  it('leaves out nothing that another dependency brings along', () => {
    expect(toOrderWithout(phases([[], [1], [1, 2]]), 3, 1)).toBeNull()
  })

  it('keeps what the phase depends on by way of that one only', () => {
    expect(toOrderWithout(phases([[], [1], [2]]), 3, 2)).toEqual({ before: [1, 3], after: [2] })
  })
})

it('lists what a phase depends on in the order of the plan', () => {
  expect(ancestorsOf(phases([[], [], [2], [3, 1]]), 4)).toEqual([1, 2, 3])
})
