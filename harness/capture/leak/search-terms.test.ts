import { expect, it } from 'vitest'
import type { LeafRule } from './policy-leaves.ts'
import { toSearchTerms } from './search-terms.ts'

const name = (part: 'full' | 'organisation'): LeafRule => ({ kind: 'name', part, class: 'c' })
const cases: readonly [claim: string, rule: LeafRule | null, value: string, terms: readonly string[]][] = [
  [
    'a person and the longer words of the name',
    name('full'),
    'Ann Vandenbrook',
    ['Ann Vandenbrook', '(Vandenbrook)'],
  ],
  ['an organisation as a whole', name('organisation'), 'County Emergency', ['County Emergency']],
  ['no name of three letters', name('full'), 'Ann', []],
  [
    'a telephone number with and without its country',
    { kind: 'phone', class: 'c' },
    '+1 (616) 234-5678',
    ['+1 (616) 234-5678', '6162345678', '16162345678'],
  ],
  [
    'an address and its telling first part',
    { kind: 'email', class: 'c', caseless: true, keepValues: [] },
    'jane.doe77@clinic.org',
    ['jane.doe77@clinic.org', 'jane.doe77'],
  ],
  [
    'an address without a first part that anybody has',
    { kind: 'email', class: 'c', caseless: true, keepValues: [] },
    'reception@clinic.org',
    ['reception@clinic.org'],
  ],
  [
    'a moment to its fraction, without its zone',
    { kind: 'date-shift', days: 30 },
    '2024-02-03 10:11:12.345+00',
    ['2024-02-03 10:11:12.345'],
  ],
  ['no whole day', { kind: 'date-shift', days: 30 }, '2024-02-03', []],
  ['no ZIP code', { kind: 'zip3' }, '49503', []],
  ['a ZIP code of nine digits', { kind: 'zip3' }, '49503-1234', ['49503-1234', '495031234']],
  ['no short phrase', { kind: 'free-text' }, 'see chart', []],
  ['a longer phrase', { kind: 'free-text' }, 'see chart of mother', ['see chart of mother']],
  ['a value that nobody listed, like text', null, 'see chart of mother', ['see chart of mother']],
]

it.each(cases)('looks for %s', (_claim, rule, value, terms) => {
  expect(toSearchTerms(rule, value).map(({ text, isPart }) => (isPart ? `(${text})` : text))).toEqual(terms)
})
