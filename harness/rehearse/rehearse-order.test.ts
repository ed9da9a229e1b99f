import { describe, expect, it } from 'vitest'
import type { PhaseBench } from '../model/ports.ts'
import { rehearseOrder } from './rehearse-order.ts'

const failure = {
  migration: 'm',
  file: 'm.sql',
  line: 1,
  statement: null,
  message: 'no such table',
  sqlstate: '42P01',
  detail: null,
  hint: null,
}

interface Rules {
  /** Phase that stops when it runs without the other before it. */
  readonly needs?: readonly (readonly [phase: number, other: number])[]
  /** Pairs that lead elsewhere when the second runs before the first. */
  readonly differ?: readonly (readonly [first: number, second: number])[]
  readonly unmet?: readonly (readonly [phase: number, other: number])[]
}

/** A bench on which nothing runs: the order alone says what comes of it. */
function toBench({ needs = [], differ = [], unmet = [] }: Rules) {
  const orders: number[][] = []
  const bench: PhaseBench = {
    with: (order, use) => {
      const done: number[] = []
      const run = (more: readonly number[]) => {
        for (const phase of more) {
          if (needs.some(([one, other]) => one === phase && !done.includes(other))) return { phase, failure }
          done.push(phase)
        }
        return null
      }
      const stop = run(order)
      orders.push(done)
      return use({
        stop,
        run: async (more) => run(more),
        compare: async () =>
          differ
            .filter(([first, second]) => done.indexOf(second) < done.indexOf(first))
            .map(([first, second]) => `${first} and ${second}`),
        unmet: async () =>
          unmet.filter(([, other]) => !done.includes(other)).map(([, other]) => `without ${other}`),
      })
    },
  }
  return { bench, orders }
}

describe('a phase right behind those it depends on', () => {
  it('holds where the others may follow it', async () => {
    const { bench, orders } = toBench({})
    const made = await rehearseOrder(bench, { id: 4, needed: [2], others: [1, 3], dependencies: [] })
    expect(made.early).toEqual({ order: [2, 4, 1, 3], stop: null, differences: [], culprit: null })
    expect(orders).toHaveLength(1)
  })

  it('is not tried where no other phase is left to follow', async () => {
    const { bench, orders } = toBench({})
    const made = await rehearseOrder(bench, { id: 2, needed: [1], others: [], dependencies: [] })
    expect([made.early, orders]).toEqual([null, []])
  })

  it('names the phase that it needs and does not declare', async () => {
    const { bench } = toBench({ needs: [[4, 1]] })
    const made = await rehearseOrder(bench, { id: 4, needed: [2], others: [1, 3], dependencies: [] })
    expect(made.early).toMatchObject({ order: [2, 4, 1, 3], stop: { phase: 4 }, culprit: 1 })
  })

  it('names the phase that must not run after it', async () => {
    const { bench } = toBench({ differ: [[2, 4]] })
    const made = await rehearseOrder(bench, { id: 4, needed: [], others: [1, 2, 3], dependencies: [] })
    expect(made.early).toEqual({ order: [1, 4, 2, 3], stop: null, differences: ['2 and 4'], culprit: 2 })
  })

  it('blames no phase of its own for others that do not commute', async () => {
    const { bench } = toBench({ differ: [[1, 2]] })
    const made = await rehearseOrder(bench, { id: 3, needed: [2], others: [1], dependencies: [] })
    expect(made.early).toMatchObject({ differences: ['1 and 2'], culprit: null })
  })
})

describe('a dependency', () => {
  const tried = async (rules: Rules, order: { before: number[]; after: number[] } | null) => {
    const { bench } = toBench(rules)
    const request = { id: 2, needed: [1], others: [], dependencies: [{ on: 1, order }] }
    return (await rehearseOrder(bench, request)).dependencies
  }
  const order = { before: [2], after: [1] }

  it('is needed by a migration that fails without it', async () => {
    expect(await tried({ needs: [[2, 1]] }, order)).toEqual([
      { on: 1, verdict: 'needed', shown: 'phase 2 fails without it: 42P01 no such table at m.sql:1' },
    ])
  })

  it('is needed by an expectation that is not met without it', async () => {
    expect(await tried({ unmet: [[2, 1]] }, order)).toEqual([
      { on: 1, verdict: 'needed', shown: 'without it phase 2 does not have what it expects: without 1' },
    ])
  })

  it('is not needed for what another phase brings, which only happens to come before', async () => {
    const { bench } = toBench({ unmet: [[3, 2]] })
    const dependencies = [{ on: 1, order: { before: [3], after: [1, 2] } }]
    const made = await rehearseOrder(bench, { id: 3, needed: [1], others: [2], dependencies })
    expect(made.dependencies).toMatchObject([{ on: 1, verdict: 'unneeded' }])
  })

  it('is needed where it leads elsewhere when it comes later', async () => {
    expect(await tried({ differ: [[1, 2]] }, order)).toEqual([
      { on: 1, verdict: 'needed', shown: 'run after phase 2 it leads elsewhere: 1 and 2' },
    ])
  })

  it('is unneeded where nothing of that shows', async () => {
    expect(await tried({}, order)).toMatchObject([{ on: 1, verdict: 'unneeded' }])
  })

  it('is implied where another one brings it along', async () => {
    expect(await tried({}, null)).toMatchObject([{ on: 1, verdict: 'implied' }])
  })
})
