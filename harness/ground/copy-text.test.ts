import { describe, expect, it } from 'vitest'
import { type CopyValue, toCopyField, toCopyLine } from './copy-text.ts'

describe('toCopyField', () => {
  const cases: readonly [claim: string, value: CopyValue, text: string][] = [
    ['writes null as \\N', null, '\\N'],
    ['keeps a text that looks like null apart from null', '\\N', '\\\\N'],
    ['keeps a text that looks like the end of data apart from it', '\\.', '\\\\.'],
    ['escapes tab, line ends and backslash', 'a\tb\nc\rd\\e', 'a\\tb\\nc\\rd\\\\e'],
    ['leaves an empty text empty', '', ''],
    ['leaves other characters as they are', 'Zoë 🚑 "x" {1,2}', 'Zoë 🚑 "x" {1,2}'],
    ['writes booleans as Postgres does', true, 't'],
    ['writes whole numbers of any size', 12345678901234567890n, '12345678901234567890'],
    ['writes numbers that are none', Number.NaN, 'NaN'],
    ['writes a date with its zone', new Date('2019-03-01T04:05:06.007Z'), '2019-03-01 04:05:06.007+00'],
    ['writes an empty list', [], '{}'],
    [
      'quotes each element of a list',
      ['a', '', 'NULL', null, 'x,"y"'],
      '{"a","","NULL",NULL,"x,\\\\"y\\\\""}',
    ],
    [
      'nests lists',
      [
        [1, 2],
        [3, 4],
      ],
      '{{"1","2"},{"3","4"}}',
    ],
    ['escapes a list twice, for the list and for the line', ['a\\b\tc'], '{"a\\\\\\\\b\\tc"}'],
    ['writes json', { json: { a: [1, null, 'x\ny'] } }, '{"a":[1,null,"x\\\\ny"]}'],
    ['tells json null from null', { json: null }, 'null'],
  ]
  it.each(cases)('%s', (_claim, value, text) => {
    expect(toCopyField(value)).toBe(text)
  })

  const refused: readonly [what: string, value: CopyValue][] = [
    ['a NUL character', 'a\0b'],
    ['half a surrogate pair', 'a\uD83D'],
    ['the other half', '\uDE91a'],
    ['an invalid date', new Date('no date')],
    ['a date after the year 9999', new Date(8.64e15)],
  ]
  it.each(refused)('refuses %s', (_what, value) => {
    expect(() => toCopyField(value)).toThrow(RangeError)
  })
})

describe('toCopyLine', () => {
  it('separates columns with tabs', () => {
    expect(toCopyLine(['a', null, 1, ['x']])).toBe('a\t\\N\t1\t{"x"}')
  })
})
