import { parseDocument } from 'yaml'
import * as z from 'zod'
import {
  type Policy,
  PROFILES,
  type QuasiIdentifiers,
  type Statement,
  type SubjectKey,
  type Subset,
  type TablePolicy,
} from '../../model/policy.ts'
import { always, count, isMapping, list, mapping, named, optionalFlag, type ShapeOf, text } from './fields.ts'
import { toColumnSchema } from './parse-rule.ts'
import { profile } from './proof-schema.ts'
import type { KnownNames } from './rule-shapes.ts'
import { toFaults } from './to-faults.ts'

/** The policy, or everything that is wrong with it. */
type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Parses `policy.yaml` strictly: unknown keys, missing parts and names that lead nowhere are all listed together. */
export function parsePolicy(yaml: string): ParsedPolicy {
  // Dates stay texts: a schema with timestamps would read an owner's day in the reader's zone.
  const document = parseDocument(yaml, { schema: 'core', uniqueKeys: true })
  const broken = document.errors.map(toSyntaxFault)
  if (broken.length > 0) return { ok: false, faults: broken }
  let root: unknown
  try {
    root = document.toJS({ maxAliasCount: 100 })
  } catch {
    return { ok: false, faults: ['is not YAML: an alias names nothing before it, or far too much'] }
  }
  const parsed = toPolicySchema(toKnownNames(root)).safeParse(root, { reportInput: true })
  return parsed.success
    ? { ok: true, policy: parsed.data }
    : { ok: false, faults: toFaults(parsed.error.issues, 'the policy') }
}

/** What rules may refer to stands in other parts of the policy; it is looked up first, so that all faults come together. */
function toKnownNames(root: unknown): KnownNames {
  const { reasons, asOf, passwordHash } = isMapping(root) ? root : {}
  return {
    reasons: isMapping(reasons) ? Object.keys(reasons) : [],
    asOf: asOf !== undefined,
    passwordHash: passwordHash !== undefined,
  }
}

const day = text('a text that fits YYYY-MM-DD', /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/)
const statement = mapping({ reason: text(), owner: text(), expires: day } satisfies ShapeOf<Statement>)
const subject = mapping({
  kind: text(),
  column: text(),
  via: list(mapping({ column: text(), table: text() })).default([]),
} satisfies ShapeOf<SubjectKey>)
const quasiIdentifiers = mapping({
  table: text(),
  columns: list(z.string('should be a text')),
  k: count(2),
} satisfies ShapeOf<QuasiIdentifiers>)
const subset = mapping({
  start: named(count(1)),
  followers: list(z.string('should be a text')).default([]),
  maxRows: count(1),
} satisfies ShapeOf<Subset>)

function toPolicySchema(known: KnownNames): z.ZodType<Policy> {
  return mapping({
    format: z.literal(1, 'should be 1, the only format known here'),
    claims: profile,
    statement: statement.exactOptional(),
    reasons: named(statement).default({}),
    asOf: day.exactOptional(),
    passwordHash: text().exactOptional(),
    roles: named(text('keep or another name', /^(?!pg_|phaseproof_).+$/)).exactOptional(),
    tables: named(toTableSchema(known)),
    quasiIdentifiers: list(quasiIdentifiers).default([]),
    subset: subset.exactOptional(),
  } satisfies ShapeOf<Policy>).refine(
    ({ claims, statement }) => statement !== undefined || !PROFILES.slice(1).includes(claims),
    {
      ...always,
      path: ['statement'],
      error: 'is needed for the claim: the reason, its owner, and when it expires',
    },
  )
}

function toTableSchema(known: KnownNames): z.ZodType<TablePolicy> {
  const whole = text().refine(
    (name) => known.reasons.includes(name),
    'names a reason that "reasons" does not hold',
  )
  return mapping({
    empty: optionalFlag,
    whole: whole.exactOptional(),
    subject: subject.exactOptional(),
    columns: named(toColumnSchema(known)).exactOptional(),
  })
    .refine(
      ({ empty, whole, columns }) =>
        [empty, whole !== undefined, columns !== undefined].filter((one) => one === true).length === 1,
      { ...always, error: 'needs one of: columns, whole (with a reason), empty' },
    )
    .transform(({ empty, whole, subject, columns = {} }) => ({
      empty,
      ...(whole !== undefined && { whole: { because: whole } }),
      ...(subject && { subject }),
      columns,
    }))
}

/** Where the text stops being YAML, in the parser's words but for what they quote of it. */
function toSyntaxFault({ message, linePos }: ReturnType<typeof parseDocument>['errors'][number]): string {
  const said = (message.split(' at line ')[0] as string).replace(/["'`:\\].*$/s, '').trim()
  const where = linePos === undefined ? '' : ` at line ${linePos[0].line}, column ${linePos[0].col}`
  return `is not YAML: ${said}${where}`
}
