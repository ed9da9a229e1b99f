import * as z from 'zod'
import type { JsonPath, Rule, RuleKind } from '../../model/policy.ts'
import { count, list, optionalFlag, type ShapeOf, text } from './fields.ts'
import { isReservedAddress } from './reserved-address.ts'

/** What rules may refer to: the policy's reasons, and whether it has a day to reckon ages at and a password's hash. */
export interface KnownNames {
  readonly reasons: readonly string[]
  readonly asOf: boolean
  readonly passwordHash: boolean
}

/** One schema for each field of a rule, beside `kind`. */
type RuleShape<K extends RuleKind> = ShapeOf<Omit<Extract<Rule, { kind: K }>, 'kind'>>

/** How each rule is written; a new rule is one entry here. Rules inside a document cannot hold documents. */
export function toRuleShapes(
  known: KnownNames,
  paths: z.ZodType<readonly JsonPath[]>,
): Readonly<Record<RuleKind, z.core.$ZodLooseShape>> {
  const because = text().refine(
    (name) => known.reasons.includes(name),
    'names a reason that "reasons" does not hold',
  )
  // Without a class of its own, a rule shares one with all of its kind: the same phone number is the same everywhere.
  const ofClass = (kind: RuleKind) => ({ class: text().default(kind) })
  const prefix = text().exactOptional()
  return {
    keep: { because },
    null: {},
    constant: { value: z.union([z.string(), z.number(), z.boolean()], SCALAR).transform(String) },
    surrogate: { class: text(), prefix },
    number: { class: text(), prefix },
    identifier: { ...ofClass('identifier'), pattern: text('a text with one of # @ ^ *', /[#@^*]/) },
    name: { ...ofClass('name'), part: oneOf(['full', 'first', 'last', 'organisation']).default('full') },
    email: { ...ofClass('email'), caseless: optionalFlag, keepValues: keptAddresses.default([]) },
    phone: ofClass('phone'),
    address: { ...ofClass('address'), part: oneOf(['full', 'street', 'city']) },
    zip3: {},
    coordinate: { ...ofClass('coordinate'), axis: oneOf(['latitude', 'longitude']) },
    'date-shift': { days: count(30).default(365) },
    year: { birth: optionalFlag.refine((birth) => !birth || known.asOf, NEEDS_DAY) },
    age: {},
    'free-text': {},
    enum: { values: list(z.string(TEXT)), otherwise: text().exactOptional(), because },
    url: ofClass('url'),
    ip: ofClass('ip'),
    password: {},
    json: { paths },
  } satisfies { readonly [K in RuleKind]: RuleShape<K> }
}

const TEXT = 'should be a text'
const SCALAR = 'should be a text, a number or a boolean'
const NEEDS_DAY = 'needs "asOf", the day ages are reckoned at'

const keptAddresses = list(z.string(TEXT)).refine(
  (kept) => kept.every(isReservedAddress),
  'may only hold addresses of the reserved domains .invalid, .test and .example',
)

function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, `should be one of ${words.join(', ')}`)
}
