import type { Rule } from '../../model/policy.ts'
import { toCodes, toLatinBytes, toLatinText } from './latin-text.ts'
import type { Mask, MaskContext } from './mask.ts'
import { HIGHEST, toIntegerPermutation } from './permute-integer.ts'
import { toTextPermutation } from './permute-text.ts'

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/**
 * Another identifier of the same shape: equal values of a class get equal surrogates, different values different
 * ones. Whole numbers fit the class's narrowest column. UUIDs become version 4, which tells no time.
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

function toUuid(bytes: Uint8Array, like: string): string {
  const made = toLatinBytes(like.length)
  // Bytes 0 to 15 give the digits; the version is 4, and the variant's two bits are the first of the digit that holds them.
  let digit = 0
  for (let at = 0; at < like.length; at += 1) {
    if (like.charCodeAt(at) === DASH) made[at] = DASH
    else {
      const byte = bytes[digit >> 1] as number
      const drawn = digit % 2 === 0 ? byte >> 4 : byte & 15
      made[at] = HEX[digit === 12 ? 4 : digit === 16 ? 8 | (drawn & 3) : drawn] as number
      digit += 1
    }
  }
  const text = toLatinText(made, like.length)
  return /[A-F]/.test(like) ? text.toUpperCase() : text
}

const DASH = 0x2d
const HEX = toCodes('0123456789abcdef')
