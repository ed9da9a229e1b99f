import { describe, expect, it } from 'vitest'
import { toCanonicalJson } from './to-canonical-json.ts'

describe('canonical JSON', () => {
  it('does not depend on the order in which keys were written', () => {
    expect(toCanonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    )
    expect(toCanonicalJson({ a: true, b: [1, { c: 'x', d: null }] })).toBe(
      toCanonicalJson({ b: [1, { d: null, c: 'x' }], a: true }),
    )
  })

  it('sorts keys by UTF-16 units, as RFC 8785 says', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6']
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']
    const text = toCanonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))
    expect(text).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`)
  })

  it('writes numbers as ECMAScript does', () => {
    expect(toCanonicalJson([333333333.25, 1e30, 4.5, 2e-3, -0])).toBe('[333333333.25,1e+30,4.5,0.002,0]')
  })

  it('writes what JSON cannot hold as JSON.stringify does', () => {
    const value = { a: undefined, b: [undefined, Number.NaN, Number.POSITIVE_INFINITY], c: '\ud800' }
    expect(toCanonicalJson(value)).toBe(JSON.stringify(value))
    expect(toCanonicalJson(value)).toBe('{"b":[null,null,null],"c":"\\ud800"}')
  })
})
