import { describe, expect, it } from 'vitest'
import { toDice } from './dice.ts'

describe('toDice', () => {
  it('rolls the same on every machine', () => {
    const dice = toDice('tcc')
    expect([
      dice.id(),
      dice.uuid(),
      dice.decimal(0, 10),
      dice.degrees(-1, 1),
      dice.below(1000),
    ]).toMatchInlineSnapshot(`
      [
        "cppmlhpyvxcd7hkgt7cjsuztl",
        "ee8d167b-cbc5-4572-b6c7-d6084372bb25",
        "9.22",
        0.379745,
        914,
      ]
    `)
  })

  it('rolls otherwise for another purpose', () => {
    expect(toDice('tcc/trips').id()).not.toBe(toDice('tcc/units').id())
  })

  it('makes ids that do not repeat', () => {
    const dice = toDice('ids')
    expect(new Set(Array.from({ length: 20_000 }, () => dice.id())).size).toBe(20_000)
  })

  it('picks as many different members as asked for', () => {
    const dice = toDice('some')
    for (let round = 0; round < 200; round += 1) {
      const some = dice.some(['a', 'b', 'c'], 1, 5)
      expect(some.length).toBeGreaterThanOrEqual(1)
      expect(new Set(some).size).toBe(some.length)
    }
  })
})
