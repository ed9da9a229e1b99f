import { parseDocument } from 'yaml'
import {
  type Policy,
  PROFILES,
  type QuasiIdentifiers,
  type Statement,
  type Subset,
  type TablePolicy,
} from '../../model/policy.ts'
import { parseRule } from './parse-rule.ts'
import { PolicyFields } from './policy-fields.ts'

/** The policy, or everything that is wrong with it. */
export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Parses `policy.yaml` strictly: unknown keys, missing parts and names that lead nowhere are all listed together. */
export function parsePolicy(text: string): ParsedPolicy {
  // Dates stay texts: a schema with timestamps would read an owner's day in the reader's zone.
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true })
  const broken = document.errors.map(({ message }) => `is not YAML: ${message.split('\n')[0]}`)
  if (broken.length > 0) return { ok: false, faults: broken }
  const faults: string[] = []
  const policy = toPolicy(new PolicyFields(document.toJS({ maxAliasCount: 100 }), 'the policy', faults))
  return faults.length === 0 ? { ok: true, policy } : { ok: false, faults }
}

function toPolicy(fields: PolicyFields): Policy {
  fields.only(
    'format',
    'claims',
    'statement',
    'reasons',
    'asOf',
    'passwordHash',
    'tables',
    'quasiIdentifiers',
    'subset',
  )
  if (fields.value('format') !== 1) fields.fault('format', 'should be 1, the only format known here')
  const claims = fields.oneOf('claims', PROFILES)
  const statement = fields.has('statement') ? toStatement(fields.below('statement')) : undefined
  if (claims !== 'none' && statement === undefined) {
    fields.fault('statement', `is needed for the claim ${claims}: the reason, its owner, and when it expires`)
  }
  const reasons = fields.has('reasons') ? fields.below('reasons').map(toStatement) : {}
  const known = {
    reasons,
    asOf: fields.optionalText('asOf', ISO_DATE),
    passwordHash: fields.optionalText('passwordHash'),
  }
  return {
    format: 1,
    claims,
    ...(statement && { statement }),
    reasons,
    ...(known.asOf !== undefined && { asOf: known.asOf }),
    ...(known.passwordHash !== undefined && { passwordHash: known.passwordHash }),
    tables: fields.below('tables').map((table) => toTable(table, known)),
    quasiIdentifiers: fields.list('quasiIdentifiers').map(toQuasiIdentifiers),
    ...(fields.has('subset') && { subset: toSubset(fields.below('subset')) }),
  }
}

const ISO_DATE = /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/

function toStatement(fields: PolicyFields): Statement {
  fields.only('reason', 'owner', 'expires')
  return {
    reason: fields.text('reason'),
    owner: fields.text('owner'),
    expires: fields.text('expires', ISO_DATE),
  }
}

/** What rules of a table may refer to. */
export interface KnownNames {
  readonly reasons: Readonly<Record<string, Statement>>
  readonly asOf: string | undefined
  readonly passwordHash: string | undefined
}

function toTable(fields: PolicyFields, known: KnownNames): TablePolicy {
  fields.only('empty', 'whole', 'subject', 'columns')
  const empty = fields.optionalBoolean('empty')
  const because = fields.optionalText('whole')
  if (because !== undefined && !Object.hasOwn(known.reasons, because)) {
    fields.fault('whole', `names the reason "${because}", which "reasons" does not hold`)
  }
  const stated = [empty, because !== undefined, fields.has('columns')].filter((one) => one).length
  if (stated !== 1) fields.fault('', 'needs one of: columns, whole (with a reason), empty')
  return {
    empty,
    ...(because !== undefined && { whole: { because } }),
    ...(fields.has('subject') && { subject: toSubject(fields.below('subject')) }),
    columns: fields.has('columns')
      ? fields
          .below('columns')
          .map((column) => ({ type: column.text('type'), rule: parseRule(column, known) }))
      : {},
  }
}

function toSubject(fields: PolicyFields): NonNullable<TablePolicy['subject']> {
  fields.only('kind', 'column', 'via')
  const via = fields.list('via').map((step) => {
    step.only('column', 'table')
    return { column: step.text('column'), table: step.text('table') }
  })
  return { kind: fields.text('kind'), column: fields.text('column'), via }
}

function toQuasiIdentifiers(fields: PolicyFields): QuasiIdentifiers {
  fields.only('table', 'columns', 'k')
  return { table: fields.text('table'), columns: fields.texts('columns'), k: fields.count('k', 2) }
}

function toSubset(fields: PolicyFields): Subset {
  fields.only('start', 'followers', 'maxRows')
  const start = fields.below('start')
  const followers = fields.has('followers') ? fields.texts('followers') : []
  return {
    start: Object.fromEntries(start.keys().map((key) => [key, start.count(key, 1)])),
    followers,
    maxRows: fields.count('maxRows', 1),
  }
}
