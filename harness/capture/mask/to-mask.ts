import type { Rule, RuleKind } from '../../model/policy.ts'
import { toAddressMask } from './address.ts'
import { toAgeMask } from './age.ts'
import { toArrayMask } from './array.ts'
import { toCoordinateMask } from './coordinate.ts'
import { toDateShiftMask } from './date-shift.ts'
import { toEmailMask } from './email.ts'
import { toEnumMask } from './enum.ts'
import { toFreeTextMask } from './free-text.ts'
import { toIdentifierMask } from './identifier.ts'
import { toIpMask } from './ip.ts'
import { type JsonReport, toJsonMask } from './json.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'
import { toNameMask } from './name.ts'
import { toNumberMask } from './number.ts'
import { toPhoneMask } from './phone.ts'
import { toSurrogateMask } from './surrogate.ts'
import { toUrlMask } from './url.ts'
import { toYearMask } from './year.ts'
import { toZip3Mask } from './zip3.ts'

type Makers = {
  readonly [K in RuleKind]: (
    rule: Extract<Rule, { kind: K }>,
    context: MaskContext,
    report?: JsonReport,
  ) => Mask
}

/** A new rule is one file and one line here. */
const makers: Makers = {
  keep: () => (value) => value,
  null: () => () => null,
  constant:
    ({ value }) =>
    () =>
      value,
  surrogate: (rule, context) => toSurrogateMask(rule, context),
  number: toNumberMask,
  identifier: (rule, context) => toIdentifierMask(rule, context),
  name: (rule, context) => toNameMask(rule, context),
  email: (rule, context) => toEmailMask(rule, context),
  phone: (rule, context) => toPhoneMask(rule, context),
  address: (rule, context) => toAddressMask(rule, context),
  zip3: (_, context) => toZip3Mask(context),
  coordinate: (rule, context) => toCoordinateMask(rule, context),
  'date-shift': toDateShiftMask,
  year: toYearMask,
  age: toAgeMask,
  'free-text': toFreeTextMask,
  enum: toEnumMask,
  url: (rule, context) => toUrlMask(rule, context),
  ip: (rule, context) => toIpMask(rule, context),
  password: (_, { passwordHash }) => {
    return () => {
      if (passwordHash === undefined) throw new Unmaskable('a password, and the policy has no passwordHash')
      return passwordHash
    }
  },
  json: (rule, context, report) => toJsonMask(rule, context, toMask, report),
}

/**
 * The mask of one value by its rule. With `report`, parts of documents that the policy does not list are reported
 * instead of thrown.
 */
export function toMask<K extends RuleKind>(
  rule: Extract<Rule, { kind: K }>,
  context: MaskContext,
  report?: JsonReport,
): Mask {
  return makers[rule.kind as K](rule, context, report)
}

/** The mask of a column. An array is masked element by element, unless the rule replaces the whole value. */
export function toColumnMask(rule: Rule, context: MaskContext, isArray: boolean, report?: JsonReport): Mask {
  const mask = toMask(rule, context, report)
  const whole = rule.kind === 'keep' || rule.kind === 'null' || rule.kind === 'constant'
  return isArray && !whole ? toArrayMask(mask) : mask
}
