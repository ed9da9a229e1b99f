import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rule } from '../../model/policy.ts'
import type { ValueForm } from '../../model/source.ts'
import type { Mask, MaskContext } from './mask.ts'
import { toMaskKey } from './mask-key.ts'
import { HIGHEST } from './permute-integer.ts'
import { toColumnMask, toMask } from './to-mask.ts'

const SECRETS = ['an example key of the tests', 'another key of the tests']

/** A context whose parts can be replaced. */
function toContext(changes: Partial<MaskContext> = {}, secret = SECRETS[0] as string): MaskContext {
  return {
    key: toMaskKey(secret),
    form: 'text',
    maxLength: null,
    passwordHash: '$2b$10$hashOfTheTestPassword',
    asOf: '2026-01-06',
    integerClasses: new Map(),
    numbers: new Map([['c', new Map([['a', 1]])]]),
    ...changes,
  }
}

const of = (rule: Rule, changes: Partial<MaskContext> = {}, secret?: string) => {
  const mask = toMask(rule, toContext(changes, secret))
  return (value: string, subject = '') => mask(value, subject)
}
const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((value) => !value.includes('\0'))
const someText = text.filter((value) => value.trim() !== '')
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

/** Each rule that hashes, with values it takes and the shape of what it gives. */
const keyed: readonly {
  name: string
  rule: Rule
  form?: ValueForm
  from: fc.Arbitrary<string>
  to: RegExp
}[] = [
  {
    name: 'surrogate',
    rule: { kind: 'surrogate', class: 'c' },
    from: fc.stringMatching(/^[a-z]{3}-[0-9]{8,20}$/),
    to: /^[a-z]{3}-\d{8,20}$/,
  },
  {
    name: 'surrogate of a UUID',
    rule: { kind: 'surrogate', class: 'c' },
    form: 'uuid',
    from: fc.uuid(),
    to: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  },
  {
    name: 'identifier',
    rule: { kind: 'identifier', class: 'c', pattern: 'MRN-####-^^@@**' },
    from: someText,
    to: /^MRN-\d{4}-[A-Z]{2}[a-z]{2}[0-9a-z]{2}$/,
  },
  {
    name: 'name',
    rule: { kind: 'name', part: 'full', class: 'c' },
    from: someText,
    to: /^[A-Z][a-z]+ [A-Z][A-Za-z-]+$/,
  },
  {
    name: 'email',
    rule: { kind: 'email', class: 'c', caseless: false, keepValues: [] },
    from: fc.emailAddress(),
    to: /^u[0-9a-z]{16}@example\.invalid$/,
  },
  { name: 'phone', rule: { kind: 'phone', class: 'c' }, from: digits(10), to: /^[2-8]\d\d55501\d\d$/ },
  {
    name: 'address',
    rule: { kind: 'address', part: 'full', class: 'c' },
    from: someText,
    to: /^\d{3,4} [A-Za-z ]+, [A-Za-z ]+$/,
  },
  {
    name: 'coordinate',
    rule: { kind: 'coordinate', axis: 'latitude', class: 'c' },
    form: 'decimal',
    from: fc.float({ min: -90, max: 90, noNaN: true }).map(String),
    to: /^-4[4-8]\.\d{6}$/,
  },
  {
    name: 'url',
    rule: { kind: 'url', class: 'c' },
    from: fc.webUrl(),
    to: /^https:\/\/example\.invalid\/[0-9a-z]{16}$/,
  },
  {
    name: 'ip',
    rule: { kind: 'ip', class: 'c' },
    from: fc.ipV4(),
    to: /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/,
  },
  {
    name: 'ip of version 6',
    rule: { kind: 'ip', class: 'c' },
    from: fc.ipV6(),
    to: /^2001:db8::[0-9a-f:]+$/,
  },
]

describe.each(keyed)('the rule $name', ({ rule, form = 'text', from, to }) => {
  it('gives a value of its kind, the same each time with one key', () => {
    fc.assert(
      fc.property(from, (value) => {
        const masked = of(rule, { form })(value)
        expect(masked).toMatch(to)
        expect(of(rule, { form })(value)).toBe(masked)
      }),
    )
  })

  it('gives others with another key', () => {
    const values = fc.sample(from, { numRuns: 60, seed: 7 })
    const same = values.filter((value) => of(rule, { form })(value) === of(rule, { form }, SECRETS[1])(value))
    expect(same.length).toBeLessThan(values.length / 4)
  })
})

const apart: readonly { name: string; rule: Rule; form?: ValueForm; value: (index: number) => string }[] = [
  {
    name: 'short codes',
    rule: { kind: 'surrogate', class: 'c' },
    value: (i) => `T${String(i).padStart(5, '0')}`,
  },
  {
    name: 'codes behind a prefix',
    rule: { kind: 'surrogate', class: 'c', prefix: 'TRP-' },
    value: (i) => `TRP-${String(i).padStart(5, '0')}`,
  },
  {
    name: 'whole numbers',
    rule: { kind: 'surrogate', class: 'c' },
    form: 'integer',
    value: (i) => String(i - 1000),
  },
  {
    name: 'addresses',
    rule: { kind: 'email', class: 'c', caseless: false, keepValues: [] },
    value: (i) => `p${i}@mail.test`,
  },
  {
    name: 'long ids',
    rule: { kind: 'surrogate', class: 'c' },
    value: (i) => `c${i.toString(36).padStart(24, '0')}`,
  },
]

it.each(apart)('keeps 20,000 $name apart, also without regard to case', ({ rule, form = 'text', value }) => {
  const mask = of(rule, { form })
  const masked = new Set(Array.from({ length: 20_000 }, (_, index) => mask(value(index))?.toLowerCase()))
  expect(masked.size).toBe(20_000)
})

describe('the rule surrogate', () => {
  it('permutes all texts of a shape', () => {
    const all = Array.from(
      { length: 2600 },
      (_, i) => `${String.fromCharCode(97 + Math.floor(i / 100))}${String(i % 100).padStart(2, '0')}`,
    )
    const mask = of({ kind: 'surrogate', class: 'c' })
    expect(all.map((value) => mask(value)).toSorted()).toEqual(all)
  })

  it('keeps the length in characters, whatever the text', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect([...(of({ kind: 'surrogate', class: 'c' })(value) as string)]).toHaveLength([...value].length)
      }),
    )
  })

  it('gives texts that differ in case only results that differ in case only', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z]{2,8}$/), (value) => {
        const mask = of({ kind: 'surrogate', class: 'c' })
        expect(mask(value)?.toLowerCase()).toBe(mask(value.toLowerCase()))
      }),
    )
  })

  it.each(Object.entries(HIGHEST))('stays inside %s', (_, highest) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: highest }), (value) => {
        const integerClasses = new Map([['c', highest]])
        const masked = Number(
          of({ kind: 'surrogate', class: 'c' }, { form: 'integer', integerClasses })(String(value)),
        )
        expect(masked).toBeGreaterThanOrEqual(0)
        expect(masked).toBeLessThanOrEqual(highest)
      }),
    )
  })

  it('keeps numbers beyond a range beyond it, and inside what a bigint holds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 32_768n, max: 9_223_372_036_854_775_807n }), (value) => {
        const integerClasses = new Map([['c', HIGHEST.int2]])
        const masked = BigInt(
          of({ kind: 'surrogate', class: 'c' }, { form: 'integer', integerClasses })(String(value)) as string,
        )
        expect(masked > 32_767n && masked <= 9_223_372_036_854_775_807n).toBe(true)
      }),
    )
  })

  it('gives a number the same surrogate in a column and as a text, where its class has a column of numbers', () => {
    const context = { integerClasses: new Map([['c', HIGHEST.int4]]) }
    const rule: Rule = { kind: 'surrogate', class: 'c' }
    expect(of(rule, { ...context, form: 'text' })('4711')).toBe(
      of(rule, { ...context, form: 'integer' })('4711'),
    )
  })
})

describe('the rule date-shift', () => {
  const rule: Rule = { kind: 'date-shift', days: 365 }
  const days = (masked: string | null) => Date.parse((masked ?? '').slice(0, 10)) / 86_400_000
  const moment = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString())

  it('keeps every interval of a subject, and the time of day', () => {
    fc.assert(
      fc.property(moment, moment, fc.string(), (one, two, subject) => {
        const mask = of(rule)
        const [first, second] = [mask(one, subject) as string, mask(two, subject) as string]
        expect(Date.parse(first) - Date.parse(second)).toBe(Date.parse(one) - Date.parse(two))
        expect(first.slice(10)).toBe(one.slice(10))
        const back = days(one) - days(first)
        expect(back).toBeGreaterThanOrEqual(1)
        expect(back).toBeLessThanOrEqual(365)
      }),
    )
  })

  it('moves the dates of different subjects differently', () => {
    const mask = of(rule)
    const shifts = new Set(Array.from({ length: 400 }, (_, subject) => mask('2024-02-29', String(subject))))
    expect(shifts.size).toBeGreaterThan(200)
  })

  it.each([
    ['infinity', 'infinity'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31 23:59:59+00', '9999-12-31 23:59:59+00'],
    ['empty', 'empty'],
    ['(,)', '(,)'],
  ])('leaves %s, which is no day of a life', (value, expected) => {
    expect(of(rule)(value)).toBe(expected)
  })

  it('moves both ends of a range', () => {
    const masked = of(rule)('["2024-02-29 10:00:00","2024-03-01 11:30:00")', 's') as string
    const [from, to] = [...masked.matchAll(/\d{4}-\d\d-\d\d/g)].map(([date]) => Date.parse(date as string))
    expect((to as number) - (from as number)).toBe(86_400_000)
  })

  it('refuses a text without a date, and does not show it', () => {
    expect(() => of(rule)('born in May')).toThrow('a text that holds no ISO date')
  })
})

const cases: readonly {
  rule: Rule
  value: string
  expected: string | null
  changes?: Partial<MaskContext>
}[] = [
  { rule: { kind: 'keep', because: 'r' }, value: 'x', expected: 'x' },
  { rule: { kind: 'null' }, value: 'x', expected: null },
  { rule: { kind: 'constant', value: 'y' }, value: 'x', expected: 'y' },
  { rule: { kind: 'password' }, value: 'x', expected: '$2b$10$hashOfTheTestPassword' },
  { rule: { kind: 'number', class: 'c', prefix: 'P' }, value: 'a', expected: 'P1' },
  { rule: { kind: 'zip3' }, value: '97201', expected: '97200' },
  { rule: { kind: 'zip3' }, value: '97201-1234', expected: '97200' },
  { rule: { kind: 'zip3' }, value: '03601', expected: '00000' },
  { rule: { kind: 'zip3' }, value: '20412', expected: '00000' },
  { rule: { kind: 'zip3' }, value: 'SW1A 1AA', expected: '00000' },
  { rule: { kind: 'zip3' }, value: '97201', expected: '972', changes: { maxLength: 3 } },
  { rule: { kind: 'year', birth: false }, value: '1931-05-06', expected: '1931-01-01' },
  { rule: { kind: 'year', birth: true }, value: '1931-05-06', expected: '1936-01-01' },
  { rule: { kind: 'year', birth: true }, value: '1931', expected: '1936' },
  {
    rule: { kind: 'year', birth: false },
    value: '2024-02-29 10:11:12.345+00',
    expected: '2024-01-01 00:00:00+00',
  },
  { rule: { kind: 'age' }, value: '89', expected: '89' },
  { rule: { kind: 'age' }, value: '103', expected: '90' },
  { rule: { kind: 'age' }, value: '95 years', expected: '90 years' },
  { rule: { kind: 'age' }, value: '100 days', expected: '100 days' },
  { rule: { kind: 'enum', values: ['A'], because: 'r' }, value: 'A', expected: 'A' },
  { rule: { kind: 'enum', values: ['A'], otherwise: 'Z', because: 'r' }, value: 'B', expected: 'Z' },
  {
    rule: { kind: 'email', class: 'c', caseless: false, keepValues: ['t@x.test'] },
    value: 't@x.test',
    expected: 't@x.test',
  },
  { rule: { kind: 'coordinate', axis: 'latitude', class: 'c' }, value: '', expected: '' },
]

it.each(cases)('$rule.kind makes $expected of $value', ({ rule, value, expected, changes }) => {
  expect(of(rule, changes)(value)).toBe(expected)
})

it.each<{ rule: Rule; value: string }>([
  { rule: { kind: 'enum', values: ['A'], because: 'r' }, value: 'Jane' },
  { rule: { kind: 'age' }, value: '92, Jane' },
  { rule: { kind: 'year', birth: false }, value: 'Jane' },
  { rule: { kind: 'number', class: 'c' }, value: 'Jane' },
  { rule: { kind: 'coordinate', axis: 'latitude', class: 'c' }, value: 'Jane' },
])('$rule.kind refuses a value it cannot treat, without showing it', ({ rule, value }) => {
  expect(() => of(rule)(value)).toThrow(
    expect.objectContaining({ name: 'Unmaskable', message: expect.not.stringContaining('Jane') }),
  )
})

it('free text keeps its length in characters and none of its words', () => {
  fc.assert(
    fc.property(text, (value) => {
      const masked = of({ kind: 'free-text' })(value) as string
      expect([...masked]).toHaveLength([...value].length)
      expect(masked).toBe(of({ kind: 'free-text' })('x'.repeat([...value].length)))
    }),
  )
})

it.each(['(212) 867-5309', '212-867-5309', '+1 212 867 5309', '1.212.867.5309'])(
  'a phone number is written as %s is',
  (value) => {
    const masked = of({ kind: 'phone', class: 'c' })(value) as string
    expect(masked.replace(/\d/g, '0')).toBe(value.replace(/\d/g, '0'))
    expect(masked.replace(/\D/g, '')).toMatch(/^1?\d{3}55501\d\d$/)
    const plain = of({ kind: 'phone', class: 'c' })('2128675309') as string
    expect(masked.replace(/\D/g, '').slice(-10)).toBe(plain)
  },
)

describe('an array', () => {
  const upper: Mask = (value) => (value === '' ? value : `<${value}>`)
  it.each([
    ['{}', '{}'],
    ['{a,NULL,"NULL",""}', '{<a>,NULL,<NULL>,""}'],
    ['{"a,b","c\\"d","e\\\\f"}', '{"<a,b>","<c\\"d>","<e\\\\f>"}'],
    ['{{a,b},{c,NULL}}', '{{<a>,<b>},{<c>,NULL}}'],
    ['[0:1]={a,b}', '[0:1]={<a>,<b>}'],
  ])('%s is treated element by element', async (value, expected) => {
    const { toArrayMask } = await import('./array.ts')
    expect(toArrayMask(upper)(value, '')).toBe(expected)
  })

  it('is replaced whole by a constant and by null', () => {
    expect(toColumnMask({ kind: 'constant', value: '{}' }, toContext(), true)('{a,b}', '')).toBe('{}')
    expect(toColumnMask({ kind: 'null' }, toContext(), true)('{a,b}', '')).toBe(null)
  })
})
