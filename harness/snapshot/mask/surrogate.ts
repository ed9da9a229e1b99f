import type { Rule } from '../../model/policy.ts'
import type { Mask, MaskContext } from './mask.ts'
import { HIGHEST, toIntegerPermutation } from './permute-integer.ts'
import { toTextPermutation } from './permute-text.ts'

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/**
 * Another identifier of the same shape, the same for the same value wherever its class is used, different for different values.
 * UUIDs become random ones (version 4), so that none tells its time; whole numbers stay whole numbers that the narrowest
 * column of the class can hold.
 */
export function toSurrogateMask(rule: Extract<Rule, { kind: 'surrogate' }>, context: MaskContext): Mask {
  const { key, form, integerClasses } = context
  const use = `surrogate/${rule.class}`
  const prefix = rule.prefix ?? ''
  const highest = integerClasses.get(rule.class) ?? (form === 'integer' ? HIGHEST.int4 : undefined)
  const permuteText = toTextPermutation(key, use)
  const permuteAfterPrefix = toTextPermutation(key, `${use}/after ${prefix}`)
  const permuteInteger = highest === undefined ? undefined : toIntegerPermutation(key, use, highest)
  const digestUuid = key.derive(`${use}/uuid`)
  return (value) => {
    if (prefix !== '' && value.startsWith(prefix))
      return prefix + permuteAfterPrefix(value.slice(prefix.length))
    if (permuteInteger && /^(0|-?[1-9]\d*)$/.test(value)) return permuteInteger(value)
    if (value.length >= 32 && value.length <= 36 && UUID.test(value))
      return toUuid(digestUuid(value.toLowerCase()), value)
    return permuteText(value)
  }
}

function toUuid(bytes: string, like: string): string {
  let hex = ''
  for (let at = 0; at < 16; at += 1) hex += HEX[bytes.charCodeAt(at)]
  hex = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${'89ab'[bytes.charCodeAt(20) % 4]}${hex.slice(17)}`
  const cased = /[A-F]/.test(like) ? hex.toUpperCase() : hex
  if (!like.includes('-')) return cased
  return `${cased.slice(0, 8)}-${cased.slice(8, 12)}-${cased.slice(12, 16)}-${cased.slice(16, 20)}-${cased.slice(20)}`
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
