import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitPath } from '../../ground/snapshot-format/split-path.ts'
import type { JsonPath, Rule } from '../../model/policy.ts'
import { toMaskKey } from './mask-key.ts'
import { toMask } from './to-mask.ts'

const context = {
  key: toMaskKey('an example key of the tests'),
  form: 'json',
  maxLength: null,
  passwordHash: undefined,
  asOf: undefined,
  integerClasses: new Map(),
  numbers: new Map(),
} as const

type LeafRule = JsonPath['rule']
const keep: LeafRule = { kind: 'keep', because: 'r' }
const gone: LeafRule = { kind: 'null' }
const fixed = (value: string): LeafRule => ({ kind: 'constant', value })

function toRule(paths: Readonly<Record<string, LeafRule>>): Extract<Rule, { kind: 'json' }> {
  return {
    kind: 'json',
    paths: Object.entries(paths).map(([path, rule]) => ({ path, steps: splitPath(path) ?? [], rule })),
  }
}

function mask(paths: Readonly<Record<string, LeafRule>>, json: string) {
  const problems: string[] = []
  const masked = toMask(toRule(paths), context, (path, problem) => problems.push(`${path}: ${problem}`))(
    json,
    '',
  )
  return { masked, problems }
}

describe('a document', () => {
  it.each<[Readonly<Record<string, LeafRule>>, string, string]>([
    [{ $: keep }, '163', '163'],
    [{ $: fixed('x') }, '"Jane"', '"x"'],
    [{ '$.a': keep, '$.b': fixed('x') }, '{"a": 1.50, "b": "Jane"}', '{"a": 1.50, "b": "x"}'],
    [{ '$.a': gone }, '{"a": {"deep": ["Jane", {"x": 1}]}}', '{"a": null}'],
    [
      { '$.a[]': fixed('x'), '$.a[][]': fixed('y') },
      '{"a": ["p", null, ["q"], []]}',
      '{"a": ["x", null, "x", "x"]}',
    ],
    [
      { '$.a[]': keep, '$.a[][]': fixed('y') },
      '{"a": ["p", null, ["q"], []]}',
      '{"a": ["p", null, ["y"], []]}',
    ],
    [
      { '$.days.*[]': fixed('00:00') },
      '{"days": {"mon": ["08:00"], "sat": null}}',
      '{"days": {"mon": ["00:00"], "sat": null}}',
    ],
    [
      { '$.meta.**': keep, '$.meta.who': fixed('x') },
      '{"meta": {"a": [1, {"b": true}], "who": "Jane"}}',
      '{"meta": {"a": [1, {"b": true}], "who": "x"}}',
    ],
    [{ '$."odd \\" key"': fixed('x') }, '{"odd \\" key": "Jane"}', '{"odd \\" key": "x"}'],
    [{ '$.n': fixed('7') }, '{"n": 12345678901234567890}', '{"n": 7}'],
    [{ '$.a': keep }, '{}', '{}'],
  ])('under %o: %s becomes %s', (paths, json, expected) => {
    expect(mask(paths, json)).toEqual({ masked: expected, problems: [] })
  })

  it.each<[Readonly<Record<string, LeafRule>>, string, readonly string[]]>([
    [{ '$.a': keep }, '{"a": 1, "secret": "Jane"}', ['$.secret: a path that the policy does not list']],
    [
      { '$.a': keep },
      '{"MRN000123": 1}',
      ['$.<a key of 9 characters>: a path that the policy does not list'],
    ],
    ...['Jane Doe', '212-867-5309', 'MRN000123', '2024-03-14'].map(
      (key): [Readonly<Record<string, LeafRule>>, string, readonly string[]] => [
        { '$.*.phone': fixed('x'), '$.*.beds': keep },
        `{"home": {"phone": "1", "beds": 1}, "${key}": {"phone": "1"}}`,
        [
          `$.<a key of ${key.length} characters>: a key that may be data, where the policy treats values only`,
        ],
      ],
    ),
    [{ '$.days.*[]': keep, '$.**': keep }, '{"days": {"2024-03-14": [1]}, "Jane Doe": 1}', []],
    [
      { '$.a': keep },
      '{"Jane Doe, 555": 1}',
      ['$.<a key of 13 characters>: a path that the policy does not list'],
    ],
    [{ '$.a': keep }, '{"a": {"b": 1}}', ['$.a.b: a path that the policy does not list']],
    [{ '$.a.b': keep }, '{"a": "Jane"}', ['$.a: a value where the policy lists none']],
    [{ '$.a': keep }, '{"a": ["Jane"]}', ['$.a[]: a path that the policy does not list']],
    [{ '$.a': { kind: 'free-text' } }, '{"a": true}', ['$.a: a boolean where the rule takes texts']],
    [{ '$.a': { kind: 'date-shift', days: 9 } }, '{"a": "Jane"}', ['$.a: a text that holds no ISO date']],
  ])('under %o: %s is reported', (paths, json, expected) => {
    expect(mask(paths, json).problems).toEqual(expected)
  })

  it('refuses what is not listed when nobody takes reports, without showing it', () => {
    expect(() => toMask(toRule({ '$.a': keep }), context)('{"b": "Jane"}', '')).toThrow(
      'a path that the policy does not list at $.b',
    )
  })

  it('that is kept as a whole keeps its bytes, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(mask({ $: keep, '$.**': keep }, json)).toEqual({ masked: json, problems: [] })
      }),
    )
  })

  it('stays a document of the same structure', () => {
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)]))
          : value === null || typeof value === 'boolean'
            ? value
            : typeof value === 'string'
              ? `text of ${[...value].length}`
              : 'number'
    const values = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(values, (json) => {
        const { masked } = mask(
          { $: { kind: 'surrogate', class: 'c' }, '$.**': { kind: 'surrogate', class: 'c' } },
          json,
        )
        expect(
          JSON.stringify(shape(JSON.parse(masked as string))).replace(/"text of \d+"|"number"/g, 'x'),
        ).toBe(JSON.stringify(shape(JSON.parse(json))).replace(/"text of \d+"|"number"/g, 'x'))
      }),
    )
  })
})
