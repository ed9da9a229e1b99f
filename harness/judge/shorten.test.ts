import { describe, expect, it } from 'vitest'
import { shorten, shortenChange } from './shorten.ts'

describe('a definition in a sentence', () => {
  it('stands on one line and is not longer than a person reads', () => {
    expect(shorten('CREATE FUNCTION f()\n  RETURNS int')).toBe('CREATE FUNCTION f() RETURNS int')
    expect(shorten('x'.repeat(400))).toBe(`${'x'.repeat(300)} …`)
  })

  it('shows of several lines those that differ', () => {
    expect(shortenChange('head\na\nb\nfoot', 'head\na\nc\nfoot')).toEqual({ was: 'b', is: 'c' })
    expect(shortenChange('head\nfoot', 'head\n STABLE\nfoot')).toEqual({ was: 'nothing there', is: 'STABLE' })
    expect(shortenChange('a, b', 'a, c')).toEqual({ was: 'a, b', is: 'a, c' })
  })
})
