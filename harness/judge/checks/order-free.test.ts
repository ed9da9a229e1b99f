import { describe, expect, it } from 'vitest'
import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { AlternativesRehearsal, OrderRehearsal } from '../../model/order.ts'
import { alternativesHold } from './alternatives-hold.ts'
import { orderFree } from './order-free.ts'

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
const held = { order: [3, 1, 2], stop: null, differences: [], culprit: null }

function judgeOrder(order: OrderRehearsal) {
  const evidence = { phase: 3, rehearsal: { order } } as unknown as PhaseEvidence
  return orderFree.judge({ kind: 'order-free' }, evidence).map((entry) => ({ ...entry }))
}

describe('a phase in other orders', () => {
  it('is well where it leads to the same and needs what it declares', () => {
    expect(judgeOrder({ early: held, dependencies: [{ on: 1, verdict: 'needed', shown: '' }] })).toEqual([])
  })

  it('lacks the dependency without which it fails', () => {
    const early = { ...held, stop: { phase: 3, failure }, culprit: 2 }
    expect(judgeOrder({ early, dependencies: [] })).toMatchObject([
      { kind: 'dependency-undeclared', on: 2, stop: { phase: 3 } },
    ])
  })

  it('does not commute where it leads elsewhere', () => {
    const early = { ...held, differences: ['orders: 1 rows are left over'], culprit: 1 }
    expect(judgeOrder({ early, dependencies: [] })).toMatchObject([
      { kind: 'phases-do-not-commute', other: 1 },
    ])
  })

  it('leaves to others what differs without it', () => {
    const early = { ...held, differences: ['orders: 1 rows are left over'] }
    expect(judgeOrder({ early, dependencies: [] })).toEqual([])
  })

  it('declares what it does not need', () => {
    const dependencies = [{ on: 2, verdict: 'unneeded' as const, shown: 'the same' }]
    expect(judgeOrder({ early: null, dependencies })).toMatchObject([
      { kind: 'dependency-unneeded', on: 2, shown: 'the same' },
    ])
  })
})

describe('an alternative order', () => {
  const judgeAlternative = (
    fails: { phase: number; because: string } | null,
    made: AlternativesRehearsal['orders'][number],
  ) => {
    const evidence = { phase: 3, rehearsal: { alternatives: { orders: [made] } } } as unknown as PhaseEvidence
    const alternative = { title: 'another way', order: made.order, ...(fails && { fails }) }
    return alternativesHold.judge({ kind: 'alternatives-hold', alternatives: [alternative] }, evidence)
  }
  const stop = { phase: 1, failure }
  const fails = { phase: 1, because: 'it needs phase 2' }

  it('holds where it leads to the same, and where it fails as it says', () => {
    expect(judgeAlternative(null, held)).toEqual([])
    expect(judgeAlternative(fails, { ...held, stop })).toEqual([])
  })

  it('fails where nothing says so', () => {
    expect(judgeAlternative(null, { ...held, stop })).toMatchObject([
      { kind: 'alternative-fails', title: 'another way', stop: { phase: 1 } },
    ])
    expect(judgeAlternative(null, { ...held, differences: ['x'] })).toMatchObject([
      { kind: 'alternative-fails', differences: ['x'] },
    ])
  })

  it.for([[held], [{ ...held, stop: { phase: 2, failure } }], [{ ...held, differences: ['x'] }]] as const)(
    'is declared in vain to fail where it does not, or elsewhere',
    ([made]) => {
      expect(judgeAlternative(fails, made)).toMatchObject([{ kind: 'declaration-void' }])
    },
  )
})
