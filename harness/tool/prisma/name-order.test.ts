import { describe, expect, it } from 'vitest'
import { findOrderDifference, type OrderRule, toNameOrder } from './name-order.ts'

const bytes: OrderRule = { by: 'bytes' }
const english: OrderRule = { by: 'locale', locale: 'en-US' }
const sort = (rule: OrderRule, names: readonly string[]) => names.toSorted(toNameOrder(rule))

/** Names in the order of Prisma up to 6.5, and of 6.6 and later. */
const cases: readonly { of: string; byBytes: readonly string[]; byLocale: readonly string[] }[] = [
  {
    of: 'upper and lower case behind one timestamp',
    byBytes: ['20260317_Init', '20260317_add'],
    byLocale: ['20260317_add', '20260317_Init'],
  },
  {
    of: 'names that differ in case alone',
    byBytes: ['1_B', '1_a', '1_b'],
    byLocale: ['1_a', '1_b', '1_B'],
  },
  {
    of: 'timestamps of different length',
    byBytes: ['20240101120000_b', '20240101_a'],
    byLocale: ['20240101_a', '20240101120000_b'],
  },
  { of: 'numbers without leading zeros', byBytes: ['10_x', '2_y'], byLocale: ['10_x', '2_y'] },
  {
    of: 'underscore and hyphen',
    byBytes: ['1-b', '1_a'],
    byLocale: ['1_a', '1-b'],
  },
  {
    of: 'a hyphen inside the name',
    byBytes: ['1_add-user', '1_add_role'],
    byLocale: ['1_add_role', '1_add-user'],
  },
  {
    of: 'a space',
    byBytes: ['1 c', '1-b', '1_a'],
    byLocale: ['1 c', '1_a', '1-b'],
  },
  { of: 'a dot and a hyphen', byBytes: ['1-b', '1.a'], byLocale: ['1-b', '1.a'] },
  {
    of: 'a name that another one begins with',
    byBytes: ['1_add', '1_add2', '1_add_user', '1_added'],
    byLocale: ['1_add', '1_add_user', '1_add2', '1_added'],
  },
  {
    of: 'names without a number',
    byBytes: ['20240101_a', 'Zoo', 'baseline'],
    byLocale: ['20240101_a', 'baseline', 'Zoo'],
  },
  { of: 'letters with marks', byBytes: ['1_z', '1_é'], byLocale: ['1_é', '1_z'] },
  {
    of: 'characters beyond 16 bits',
    byBytes: ['1_\uFF21', '1_\u{1F600}'],
    byLocale: ['1_\u{1F600}', '1_\uFF21'],
  },
  {
    of: 'timestamps as Prisma writes them',
    byBytes: ['20240101000000_b', '20240102000000_a'],
    byLocale: ['20240101000000_b', '20240102000000_a'],
  },
]

describe.for(cases)('$of', ({ byBytes, byLocale }) => {
  it('are sorted by bytes up to 6.5', () => {
    expect(sort(bytes, byLocale.toReversed())).toEqual(byBytes)
  })
  it('are sorted by locale from 6.6 on', () => {
    expect(sort(english, byBytes.toReversed())).toEqual(byLocale)
    // What the CLI itself calls, in a process whose environment names no language.
    expect(byBytes.toSorted((a, b) => a.localeCompare(b, 'en-US'))).toEqual(byLocale)
  })
})

it('tells apart by bytes what a locale takes for equal', () => {
  const [composed, decomposed] = ['1_\u00E9', '1_e\u0301']
  expect(sort(english, [composed, decomposed])).toEqual([decomposed, composed])
})

describe('another locale', () => {
  it.for([
    ['none, of plain names', ['20240101_a', '20240102_b'], false],
    ['Danish, where aa is the last letter', ['1_aardvark', '1_bear'], true],
    ['one that sorts upper case first', ['1_add', '1_Add'], true],
    ['Estonian or Lithuanian, of z and y', ['1_shape', '1_zebra_t', '1_zz', '2_tau', '2_zoo'], true],
  ] as const)('is found: %s', ([, names, isThere]) => {
    const sorted = sort(english, names)
    const found = findOrderDifference(english, sorted)
    if (!isThere) return expect(found).toBeNull()
    const { compare } = new Intl.Collator(found?.locale)
    expect(compare(found?.first ?? '', found?.second ?? '')).toBeGreaterThan(0)
    expect(sorted.indexOf(found?.first ?? '')).toBeLessThan(sorted.indexOf(found?.second ?? ''))
  })

  it('is the usual one when the scenario names a locale of its own', () => {
    const danish: OrderRule = { by: 'locale', locale: 'da' }
    expect(findOrderDifference(danish, sort(danish, ['1_aa', '1_b']))).toMatchObject({ locale: 'en-US' })
  })

  it('does not matter where bytes decide', () => {
    expect(findOrderDifference(bytes, ['1_aa', '1_b'])).toBeNull()
  })
})
