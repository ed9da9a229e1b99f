import type { JsonPath, Rule, RuleKind } from '../../model/policy.ts'
import type { KnownNames } from './parse-policy.ts'
import type { PolicyFields } from './policy-fields.ts'
import { isReservedAddress } from './reserved-address.ts'
import { splitPath } from './split-path.ts'

type Parsers = { readonly [K in RuleKind]: RuleParser<K> }

interface RuleParser<K extends RuleKind> {
  /** Keys beside `rule` (and a column's `type`). */
  readonly keys: readonly string[]
  readonly parse: (fields: PolicyFields, known: KnownNames) => Extract<Rule, { kind: K }>
}

const plain = <K extends RuleKind>(kind: K) => ({
  keys: [],
  parse: () => ({ kind }) as Extract<Rule, { kind: K }>,
})
const ofClass = <K extends RuleKind>(kind: K) => ({
  keys: ['class'],
  parse: (fields: PolicyFields) => ({ kind, class: toClass(fields, kind) }) as Extract<Rule, { kind: K }>,
})

/** How each rule is written; a new rule is one entry here. */
const parsers: Parsers = {
  keep: { keys: ['because'], parse: (fields, known) => ({ kind: 'keep', because: toReason(fields, known) }) },
  null: plain('null'),
  constant: { keys: ['value'], parse: (fields) => ({ kind: 'constant', value: fields.scalar('value') }) },
  surrogate: {
    keys: ['class', 'prefix'],
    parse: (fields) => ({ kind: 'surrogate', class: fields.text('class'), ...toPrefix(fields) }),
  },
  number: {
    keys: ['class', 'prefix'],
    parse: (fields) => ({ kind: 'number', class: fields.text('class'), ...toPrefix(fields) }),
  },
  identifier: {
    keys: ['class', 'pattern'],
    parse: (fields) => ({
      kind: 'identifier',
      class: toClass(fields, 'identifier'),
      pattern: fields.text('pattern', /[#@^*]/),
    }),
  },
  name: {
    keys: ['part', 'class'],
    parse: (fields) => ({
      kind: 'name',
      part: fields.has('part') ? fields.oneOf('part', ['full', 'first', 'last', 'organisation']) : 'full',
      class: toClass(fields, 'name'),
    }),
  },
  email: {
    keys: ['class', 'caseless', 'keepValues'],
    parse: (fields) => ({
      kind: 'email',
      class: toClass(fields, 'email'),
      caseless: fields.optionalBoolean('caseless'),
      keepValues: toKeptAddresses(fields),
    }),
  },
  phone: ofClass('phone'),
  address: {
    keys: ['part', 'class'],
    parse: (fields) => ({
      kind: 'address',
      part: fields.oneOf('part', ['full', 'street', 'city']),
      class: toClass(fields, 'address'),
    }),
  },
  zip3: plain('zip3'),
  coordinate: {
    keys: ['axis', 'class'],
    parse: (fields) => ({
      kind: 'coordinate',
      axis: fields.oneOf('axis', ['latitude', 'longitude']),
      class: toClass(fields, 'coordinate'),
    }),
  },
  'date-shift': {
    keys: ['days'],
    parse: (fields) => ({ kind: 'date-shift', days: fields.has('days') ? fields.count('days', 30) : 365 }),
  },
  year: {
    keys: ['birth'],
    parse: (fields, known) => {
      const birth = fields.optionalBoolean('birth')
      if (birth && known.asOf === undefined)
        fields.fault('birth', 'needs "asOf", the day ages are reckoned at')
      return { kind: 'year', birth }
    },
  },
  age: plain('age'),
  'free-text': plain('free-text'),
  enum: {
    keys: ['values', 'otherwise', 'because'],
    parse: (fields, known) => ({
      kind: 'enum',
      values: fields.texts('values'),
      because: toReason(fields, known),
      ...(fields.has('otherwise') && { otherwise: fields.text('otherwise') }),
    }),
  },
  url: ofClass('url'),
  ip: ofClass('ip'),
  password: {
    keys: [],
    parse: (fields, known) => {
      if (known.passwordHash === undefined)
        fields.fault('rule', 'needs "passwordHash", the hash of the test password')
      return { kind: 'password' }
    },
  },
  json: { keys: ['paths'], parse: (fields, known) => ({ kind: 'json', paths: toPaths(fields, known) }) },
}

const kinds = Object.keys(parsers) as RuleKind[]

/** The rule of a column (whose `type` it leaves alone) or of a JSON path. */
export function parseRule(fields: PolicyFields, known: KnownNames): Rule {
  const kind = fields.oneOf('rule', kinds, null)
  // What else stands there can only be judged by a rule that is known.
  if (kind === null) return { kind: 'null' }
  const parser = parsers[kind]
  fields.only('type', 'rule', ...parser.keys)
  return parser.parse(fields, known)
}

function toPaths(fields: PolicyFields, known: KnownNames): readonly JsonPath[] {
  const paths = fields.below('paths')
  return paths.keys().flatMap((path) => {
    const steps = splitPath(path)
    if (steps === null) paths.fault('', `"${path}" is no path such as $.key, $.*, $.list[] or $.below.**`)
    const rule = parseRule(paths.below(path), known)
    if (rule.kind === 'json') paths.fault(path, 'json cannot stand inside json; write a longer path')
    return steps === null || rule.kind === 'json' ? [] : [{ path, steps, rule }]
  })
}

function toReason(fields: PolicyFields, known: KnownNames): string {
  const reason = fields.text('because')
  if (reason !== '' && !Object.hasOwn(known.reasons, reason)) {
    fields.fault('because', `names the reason "${reason}", which "reasons" does not hold`)
  }
  return reason
}

/** Without a class of its own, a rule shares one with all of its kind: the same phone number is the same everywhere. */
function toClass(fields: PolicyFields, kind: RuleKind): string {
  return fields.has('class') ? fields.text('class') : kind
}

function toPrefix(fields: PolicyFields): { readonly prefix?: string } {
  return fields.has('prefix') ? { prefix: fields.text('prefix') } : {}
}

function toKeptAddresses(fields: PolicyFields): readonly string[] {
  const kept = fields.has('keepValues') ? fields.texts('keepValues') : []
  if (!kept.every(isReservedAddress)) {
    fields.fault('keepValues', 'may only hold addresses of the reserved domains .invalid, .test and .example')
  }
  return kept
}
