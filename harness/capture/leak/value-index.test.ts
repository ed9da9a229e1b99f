import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, toFoldedText } from './fold.ts'
import { LONGEST_VALUE, ValueIndex } from './value-index.ts'

const fold = (text: string) => {
  const folded = toFoldedText()
  foldText(text, folded)
  return folded
}
const plain = (text: string) => {
  const { bytes, length } = fold(text)
  return Buffer.from(bytes.subarray(0, length)).toString('utf8')
}
const word = fc.stringMatching(/^[a-z]{4,40}$/)

describe('ValueIndex', () => {
  it('finds every value it holds in every text that holds one, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.array(word, { maxLength: 5 }),
        (values, others) => {
          const index = new ValueIndex(1000)
          values.forEach((value, at) => {
            index.add(fold(value), { origin: at, anywhere: true, alone: false, flags: 5 })
          })
          const text = others.join('-') + (values[0] as string)
          const found = new Set<number>()
          index.search(fold(text), (origin, flags) => {
            expect(flags).toBe(5)
            found.add(origin)
          })
          const heads = values.map((value) => value.slice(0, LONGEST_VALUE))
          const expected = heads.flatMap((head, at) =>
            plain(text).includes(head) && heads.indexOf(head) === at ? [at] : [],
          )
          expect([...found].sort((a, b) => a - b)).toEqual(expected)
        },
      ),
    )
  })

  it('holds as many values as it may, and finds all of them after it grew', () => {
    const index = new ValueIndex(20_000)
    const add = (at: number) =>
      index.add(fold(`value${at}x`), { origin: at % 60_000, anywhere: false, alone: false, flags: 0 })
    for (let at = 0; at < 20_000; at += 1) expect(add(at)).toBe('new')
    expect(add(20_000)).toBe('full')
    for (let at = 0; at < 20_000; at += 97) {
      const found: number[] = []
      index.search(fold(`a value${at}x b`), (origin) => found.push(origin))
      expect(found).toEqual([at])
    }
    index.clear()
    expect(add(7)).toBe('new')
    expect(add(7)).toBe('known')
  })

  const places: readonly [text: string, words: boolean, alone: boolean][] = [
    ['see rose', true, true],
    ['see Rose2', true, false],
    ['theRoseBed', true, false],
    ['primroses', false, false],
    ['rosebed', false, false],
  ]
  it.each(places)('tells words from parts of words: %s', (text, words, alone) => {
    for (const [isAlone, expected] of [
      [false, words],
      [true, alone],
    ] as const) {
      const index = new ValueIndex(10)
      index.add(fold('rose'), { origin: 1, anywhere: false, alone: isAlone, flags: 0 })
      let found = false
      index.search(fold(text), () => {
        found = true
      })
      expect(found).toBe(expected)
    }
  })
})

describe('foldText', () => {
  it.each([
    ['José Ñíguez', 'joseniguez'],
    ['ＦＵＬＬ width', 'fullwidth'],
    ['Straße 5', 'strasse5'],
    ['2024-02-03T10:11:12.345Z', '20240203101112345z'],
    ['2024-02-03 10:11:12.345+00', '2024020310111234500'],
    ['Прошу 🚧 患者', 'прошу患者'],
  ])('reads %s as %s', (text, folded) => {
    expect(plain(text)).toBe(folded)
  })
})
