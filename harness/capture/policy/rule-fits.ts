import type { Rule, RuleKind } from '../../model/policy.ts'
import type { SourceColumn, ValueForm } from '../../model/source.ts'
import { EMAIL_LENGTH } from '../mask/email.ts'
import { toPatternBits } from '../mask/identifier.ts'
import { URL_LENGTH } from '../mask/url.ts'

const ANY: readonly ValueForm[] = ['text', 'integer', 'decimal', 'uuid', 'date', 'json', 'other']

/** The forms of columns that each rule can write to. */
const FORMS: Readonly<Record<RuleKind, readonly ValueForm[]>> = {
  keep: ANY,
  null: ANY,
  constant: ANY,
  surrogate: ['text', 'integer', 'uuid'],
  number: ['text', 'integer'],
  identifier: ['text'],
  name: ['text'],
  email: ['text'],
  phone: ['text'],
  address: ['text'],
  zip3: ['text'],
  coordinate: ['text', 'decimal'],
  'date-shift': ['text', 'date'],
  year: ['text', 'date', 'integer'],
  age: ['text', 'integer', 'decimal'],
  'free-text': ['text'],
  enum: ['text', 'integer', 'other'],
  url: ['text'],
  ip: ['text'],
  password: ['text'],
  json: ['json'],
}

/** Says why a rule does not fit a column; null when it does. */
export function toRuleFault(
  rule: Rule,
  column: SourceColumn,
  passwordHash: string | undefined,
): string | null {
  const isIp = rule.kind === 'ip' && /^(inet|cidr)/.test(column.type)
  const isPoint = rule.kind === 'coordinate' && /^point/.test(column.type)
  if (!isIp && !isPoint && !FORMS[rule.kind].includes(column.form)) {
    return `the rule ${rule.kind} cannot write a ${column.type}`
  }
  if (rule.kind === 'null' && column.notNull) return 'the rule null stands at a column that is NOT NULL'
  if (rule.kind === 'number' && rule.prefix !== undefined && column.form === 'integer') {
    return 'the rule number has a prefix, and the column takes whole numbers'
  }
  const length = toLength(rule, passwordHash)
  if (column.maxLength === null || length === null || length <= column.maxLength) return null
  return `the rule ${rule.kind} needs ${length} characters, and the column has ${column.maxLength}`
}

/** Length of what a rule writes, where that does not depend on the column. */
function toLength(rule: Rule, passwordHash: string | undefined): number | null {
  if (rule.kind === 'email') return Math.max(EMAIL_LENGTH, ...rule.keepValues.map((value) => value.length))
  if (rule.kind === 'url') return URL_LENGTH
  if (rule.kind === 'identifier') return rule.pattern.length
  if (rule.kind === 'password') return passwordHash?.length ?? null
  if (rule.kind === 'number') return (rule.prefix ?? '').length + 8
  return null
}

const APART: readonly RuleKind[] = ['keep', 'surrogate', 'number', 'email', 'url']

/** Tells whether a rule gives different values for different originals. */
export function keepsApart(rule: Rule): boolean {
  if (rule.kind === 'identifier') return toPatternBits(rule.pattern) >= 80
  if (rule.kind === 'enum') return rule.otherwise === undefined
  return APART.includes(rule.kind)
}

/**
 * What two columns must have in common for equal values to stay equal; null for rules that keep no values equal
 * across columns.
 */
export function toMapping(rule: Rule): string | null {
  if (rule.kind === 'keep' || (rule.kind === 'enum' && rule.otherwise === undefined)) return 'keep'
  if ('class' in rule) return JSON.stringify({ ...rule })
  return rule.kind === 'constant' ? `constant ${rule.value}` : null
}
