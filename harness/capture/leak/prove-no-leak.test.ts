import { describe, expect, it } from 'vitest'
import type { Rule } from '../../model/policy.ts'
import { type ExampleTable, failed, proveExample, toJsonRule } from '../../testing/leak-example.ts'

const KEEP: Rule = { kind: 'keep', because: 'needed' }
const PEOPLE = [
  'Marlies Vandenbrook',
  'Tobias Okonkwo',
  'Priscilla Yanovich',
  'José Ñíguez',
  'Anneke Fitzwilliam',
]
const at = <T>(list: readonly T[], index: number) => list[index % list.length] as T
const digits = (index: number, length: number) =>
  String((index + 1) * 7_919_337_113)
    .slice(-length)
    .padStart(length, '3')

/** One column for each rule that changes something. */
const columns: Readonly<
  Record<string, { type: string; rule: Rule; value: (index: number) => string | null }>
> = {
  id: {
    type: 'text',
    rule: { kind: 'surrogate', class: 'id' },
    value: (i) => `c${digits(i, 9)}kq${digits(i * 3, 8)}`,
  },
  mrn: {
    type: 'text',
    rule: { kind: 'identifier', class: 'mrn', pattern: 'MRN-########-@@@@' },
    value: (i) => `M${digits(i, 8)}`,
  },
  name: { type: 'text', rule: { kind: 'name', part: 'full', class: 'person' }, value: (i) => at(PEOPLE, i) },
  house: {
    type: 'text',
    rule: { kind: 'name', part: 'organisation', class: 'house' },
    value: (i) => `Saint Odilia Infirmary ${i}`,
  },
  email: {
    type: 'text',
    rule: { kind: 'email', class: 'email', caseless: true, keepValues: ['admin@tcc.example.invalid'] },
    value: (i) => (i === 0 ? 'admin@tcc.example.invalid' : `person.${i}@saintodilia.org`),
  },
  phone: {
    type: 'text',
    rule: { kind: 'phone', class: 'phone' },
    value: (i) => `(616) ${digits(i, 3)}-${digits(i * 5, 4)}`,
  },
  street: {
    type: 'text',
    rule: { kind: 'address', part: 'street', class: 'address' },
    value: (i) => `${i} Kalamazoo Parkway`,
  },
  city: {
    type: 'text',
    rule: { kind: 'address', part: 'city', class: 'address' },
    value: () => 'Grandville',
  },
  zip: { type: 'text', rule: { kind: 'zip3' }, value: (i) => `494${10 + (i % 80)}` },
  latitude: {
    type: 'double precision',
    rule: { kind: 'coordinate', axis: 'latitude', class: 'geo' },
    value: (i) => `42.9${digits(i, 5)}`,
  },
  at: {
    type: 'timestamp(3) without time zone',
    rule: { kind: 'date-shift', days: 300 },
    value: (i) => `2024-0${1 + (i % 9)}-11 08:15:${10 + (i % 49)}.${100 + i}`,
  },
  day: {
    type: 'date',
    rule: { kind: 'date-shift', days: 300 },
    value: (i) => `2024-0${1 + (i % 9)}-1${i % 10}`,
  },
  born: {
    type: 'date',
    rule: { kind: 'year', birth: true },
    value: (i) => `19${40 + (i % 50)}-03-0${1 + (i % 9)}`,
  },
  age: { type: 'text', rule: { kind: 'age' }, value: (i) => String(60 + i) },
  notes: {
    type: 'text',
    rule: { kind: 'free-text' },
    value: (i) => `Fell down the stairs at home, daughter found her at ${i}.`,
  },
  secret: {
    type: 'text',
    rule: { kind: 'null' },
    value: (i) => `${digits(i, 3)}-${digits(i, 2)}-${digits(i, 4)}`,
  },
  signed: { type: 'text', rule: { kind: 'constant', value: 'signed' }, value: (i) => `signature-${i}` },
  status: {
    type: 'text',
    rule: { kind: 'enum', values: ['OPEN'], otherwise: 'OPEN', because: 'needed' },
    value: (i) => (i % 2 ? 'OPEN' : 'left with Tobias'),
  },
  link: {
    type: 'text',
    rule: { kind: 'url', class: 'link' },
    value: (i) => `https://files.saintodilia.org/${i}`,
  },
  ip: { type: 'inet', rule: { kind: 'ip', class: 'ip' }, value: (i) => `10.20.30.${i}` },
  password: { type: 'text', rule: { kind: 'password' }, value: (i) => `$2b$12$${digits(i, 10)}abcdefgh` },
  tags: {
    type: 'text[]',
    rule: { kind: 'name', part: 'last', class: 'person' },
    value: (i) => `{"${at(PEOPLE, i).split(' ')[1]}",NULL,Oyelaran}`,
  },
  document: {
    type: 'jsonb',
    rule: toJsonRule({
      '$.caller': { kind: 'name', part: 'full', class: 'person' },
      '$.beds': { kind: 'keep', because: 'needed' },
    }),
    value: (i) => JSON.stringify({ caller: at(PEOPLE, i + 1), beds: i }),
  },
  remark: { type: 'text', rule: KEEP, value: () => 'Two people needed, ramp out of order' },
}
const ROWS = 40

/** The example with some values of the first rows replaced. */
function toPeople(changes: Readonly<Record<string, string>> = {}): { people: ExampleTable } {
  const rows = Array.from({ length: ROWS }, (_, index) =>
    Object.entries(columns).map(([name, { value }]) => (index === 3 && changes[name]) || value(index)),
  )
  return { people: { columns: Object.fromEntries(Object.entries(columns)), rows } }
}

describe('proveNoLeak', () => {
  it('passes a snapshot whose every column was masked by its rule', async () => {
    const checks = await proveExample(toPeople())
    expect(failed(checks)).toEqual([])
    expect(checks.map(({ name }) => name)).toEqual([
      'forms of values',
      'patterns of identifiers',
      'raw values',
      'changed columns',
    ])
  })

  it.each(Object.keys(columns).filter((name) => name !== 'remark'))(
    'fails when the rule of column %s was switched off',
    async (name) => {
      const checks = await proveExample(toPeople(), { switchedOff: [`people.${name}`] })
      expect(failed(checks).some((text) => text.includes(`public.people.${name} `))).toBe(true)
    },
  )

  const elsewhere: readonly [claim: string, remark: string][] = [
    ['as it is', 'was seen with Marlies Vandenbrook'],
    ['in other case', 'MARLIES VANDENBROOK'],
    ['inside of a word', 'file_marliesvandenbrook_2.pdf'],
    ['with other separators', 'vandenbrook came with marlies.vandenbrook'],
    ['without its accents', 'ask for Jose Niguez'],
    ['as the last name alone', 'Mrs Okonkwo called'],
    ['behind escapes of JSON', '{"x":"Marlies\\u0020Vandenbr\\u006fok"}'],
    ['behind percent signs', 'https://example.invalid/?q=Marlies%20Vandenbrook'],
    ['in hexadecimal', `\\x${Buffer.from('Marlies Vandenbrook').toString('hex')}`],
    ['in hexadecimal inside of an array', `{"\\\\x${Buffer.from('Marlies Vandenbrook').toString('hex')}"}`],
    ['in entities of XML', '<p>Jos&#233; &#xD1;&iacute;guez</p>'],
    ['over two lines', 'Marlies\nVandenbrook'],
    ['an address inside of a sentence', 'write to person.7@saintodilia.org, please'],
    ['the first part of an address', 'user person.7 logged in'],
    ['a number as digits alone', `call 616${digits(4, 3)}${digits(20, 4)} now`],
    ['a number with its country', `call +1 616.${digits(4, 3)}.${digits(20, 4)} now`],
    ['a moment in the other notation', `at ${columns.at?.value(5)?.replace(' ', 'T')}Z`],
    ['the beginning of a long text', 'Fell down the stairs at home, daughter found'],
    ['a coordinate', `near 42.9${digits(6, 5)}`],
  ]
  it.each(elsewhere)('finds a value that stands in another column: %s', async (_claim, remark) => {
    const found = failed(await proveExample(toPeople({ remark })))
    expect(
      found.some((text) => text.startsWith('raw values: ') && text.includes('public.people.remark')),
    ).toBe(true)
    expect(found.join()).not.toMatch(/Vandenbrook|Okonkwo|saintodilia|616|stairs/i)
  })

  it('finds a value of one table in another, and in a schema file', async () => {
    const visits: ExampleTable = {
      columns: { crew: { type: 'text', rule: KEEP } },
      rows: [['nobody'], ['Priscilla Yanovich'], ['Priscilla Yanovich']],
    }
    const postData = `COMMENT ON TABLE public.people IS 'since Anneke Fitzwilliam asked';\n`
    expect(failed(await proveExample({ ...toPeople(), visits }, { postData }))).toEqual(
      expect.arrayContaining([
        // The same value stands in both columns of the source; the first that it was met in is named.
        'raw values: a value of public.people.document stands in public.visits.crew: 2 rows of data/public.visits.copy, first in line 2',
        'raw values: a value of public.people.document stands in the schema: line 1 of schema/post-data.sql',
      ]),
    )
  })

  it('finds a number of a document that is longer than numbers of JavaScript', async () => {
    const cards: ExampleTable = {
      columns: {
        doc: { type: 'jsonb', rule: toJsonRule({ '$.card': { kind: 'null' }, '$.text': { kind: 'null' } }) },
        note: { type: 'text', rule: KEEP },
      },
      rows: [
        [
          '{"card": 8944501234567890123, "text": "a \\"1234567890123456\\" b"}',
          'sim 8944-5012-3456-7890-123',
        ],
      ],
    }
    expect(failed(await proveExample({ cards }))).toEqual([
      expect.stringContaining('raw values: a value of public.cards.doc stands in public.cards.note'),
    ])
  })

  it('finds the same when its memory holds few values at a time', async () => {
    const found = failed(await proveExample(toPeople({ remark: 'Mrs Okonkwo called' }), { mostValues: 50 }))
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((text) => text.includes('stands in public.people.remark: line 4 of'))).toBe(true)
  })

  it('lets a value pass that consists of the words of replacements, where replacements stand', async () => {
    const people: ExampleTable = {
      columns: {
        name: { type: 'text', rule: { kind: 'name', part: 'full', class: 'person' } },
        note: { type: 'text', rule: KEEP },
      },
      rows: [
        ['Greta Ambermoor', 'a'],
        ...Array.from({ length: 3000 }, (_, i): [string, string] => [`Person ${i}`, 'a']),
      ],
    }
    expect(failed(await proveExample({ people }))).toEqual([])
    const kept = { ...people, rows: [...people.rows, ['x', 'for Greta Ambermoor']] }
    expect(failed(await proveExample({ people: kept }))).toHaveLength(2)
  })

  it('tells replacements that meet a raw value by chance from a rule that was not applied', async () => {
    const trips: ExampleTable = {
      columns: { number: { type: 'text', rule: { kind: 'surrogate', class: 'trip', prefix: 'TRP-' } } },
      rows: Array.from({ length: 3000 }, (_, i) => [`TRP-${String(i).padStart(6, '0')}`]),
    }
    expect(failed(await proveExample({ trips }))).toEqual([])
    expect(failed(await proveExample({ trips }, { switchedOff: ['trips.number'] }))).toHaveLength(2)
  })

  it('lets towns and persons pass whose names are like the words of replacements', async () => {
    const house: Rule = { kind: 'name', part: 'organisation', class: 'house' }
    const city: Rule = { kind: 'address', part: 'city', class: 'address' }
    const houses: ExampleTable = {
      columns: {
        name: { type: 'text', rule: house },
        city: { type: 'text', rule: city },
        by: { type: 'text', rule: { kind: 'name', part: 'full', class: 'person' } },
      },
      rows: Array.from({ length: 2000 }, (_, i) => [
        `House ${i}`,
        at(['Juniper Flats', 'Lemmertown'], i),
        at(['Ulf Thistledown', 'Peter Holmquist'], i),
      ]),
    }
    expect(failed(await proveExample({ houses }))).toEqual([])
  })

  it('lets a point in time pass that another row has too, but not many of them', async () => {
    const type = 'timestamp(3) without time zone'
    const toRow = (i: number, same: boolean) => {
      const moment = `2024-03-0${1 + (i % 9)} 10:${10 + (i % 50)}:11.${100 + (i % 900)}`
      return [moment, same ? moment : `2022-05-01 11:00:00.${100 + (i % 900)}`]
    }
    const toTrips = (shared: number): { trips: ExampleTable } => ({
      trips: {
        columns: { at: { type, rule: { kind: 'date-shift', days: 300 } }, made: { type, rule: KEEP } },
        rows: Array.from({ length: 900 }, (_, i) => toRow(i, i < shared)),
      },
    })
    expect(failed(await proveExample(toTrips(2)))).toEqual([])
    expect(failed(await proveExample(toTrips(90)))).toHaveLength(1)
  })

  it('does not take the digits of a time for those of a number, which a column of times cannot hold', async () => {
    const type = 'timestamp(3) without time zone'
    const toCalls = (remark: string): { calls: ExampleTable } => ({
      calls: {
        columns: {
          number: { type: 'text', rule: { kind: 'surrogate', class: 'number' } },
          at: { type, rule: KEEP },
          ended: { type, rule: { kind: 'date-shift', days: 300 } },
          remark: { type: 'text', rule: KEEP },
        },
        rows: [['142935038', '2024-03-01 14:29:35.038', '2024-05-02 14:29:35.038', remark]],
      },
    })
    expect(failed(await proveExample(toCalls('none')))).toEqual([])
    expect(failed(await proveExample(toCalls('call 142-935-038')))).toEqual([
      expect.stringContaining('a value of public.calls.number stands in public.calls.remark'),
    ])
  })

  it('does not take short and common values for leaks', async () => {
    const people: ExampleTable = {
      columns: {
        note: { type: 'text', rule: { kind: 'free-text' } },
        zip: { type: 'text', rule: { kind: 'zip3' } },
        remark: { type: 'text', rule: KEEP },
      },
      rows: [
        ['None', '49503', 'None'],
        ['n/a', '49504', 'room 49504, n/a'],
      ],
    }
    const checks = await proveExample({ people })
    expect(failed(checks)).toEqual([])
    expect(checks.find(({ name }) => name === 'raw values')?.method).toContain('4 values were too short')
  })

  it('finds planted canaries anywhere, without the source too', async () => {
    const tables = toPeople({ remark: 'qZ-canary-17' })
    const found = failed(await proveExample(tables, { canaries: ['qzcanary17'], withoutSource: true }))
    expect(found).toEqual([
      'canaries: a canary stands in public.people.remark: line 4 of data/public.people.copy',
    ])
  })

  it('fails for a group smaller than k, and for a column that is not there', async () => {
    const people: ExampleTable = {
      columns: { zip: { type: 'text', rule: KEEP }, sex: { type: 'text', rule: KEEP } },
      rows: [
        ['494', 'f'],
        ['494', 'f'],
        ['494', 'm'],
        ['495', null],
        ['495', null],
      ],
    }
    const k = (columns: string[]) => [{ table: 'public.people', columns, k: 2 }]
    expect(failed(await proveExample({ people }, { quasiIdentifiers: k(['zip']) }))).toEqual([])
    expect(failed(await proveExample({ people }, { quasiIdentifiers: k(['zip', 'sex']) }))).toEqual([
      'k-anonymity: public.people (zip, sex): too many combinations for groups of 2 rows',
    ])
    const more = { ...people, rows: [...people.rows, ...people.rows.slice(0, 2)] }
    expect(failed(await proveExample({ people: more }, { quasiIdentifiers: k(['zip', 'sex']) }))).toEqual([
      'k-anonymity: public.people (zip, sex): 1 of 3 groups hold fewer than 2 rows, 1 rows in all',
    ])
    expect(failed(await proveExample({ people }, { quasiIdentifiers: k(['born']) }))).toEqual([
      'k-anonymity: public.people (born): a column is not in the snapshot',
    ])
    const gone = [{ table: 'public.gone', columns: ['zip'], k: 2 }]
    expect(failed(await proveExample({ people }, { quasiIdentifiers: gone }))).toEqual([
      'k-anonymity: public.gone (zip): the table is not in the snapshot',
    ])
  })
})
