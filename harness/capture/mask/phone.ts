import type { Rule } from '../../model/policy.ts'
import { toCodes, toLatinBytes, toLatinText } from './latin-text.ts'
import type { Mask, MaskContext } from './mask.ts'
import { toNumberBelow } from './mask-key.ts'

/**
 * A number of the fictional range 555-0100 to 555-0199 with any area code, written like an original of ten or eleven
 * digits. About 70,000 numbers exist, so it is not unique. Source: ATIS-0300115, 555 line numbers.
 */
export function toPhoneMask(rule: Extract<Rule, { kind: 'phone' }>, { key, maxLength }: MaskContext): Mask {
  const digest = key.derive(`phone/${rule.class}`)
  return (value) => {
    const raw = toDigits(value)
    if (raw === '' && value.trim() === '') return value
    const national = raw.length === 11 && raw.startsWith('1') ? raw.slice(1) : raw
    const bytes = digest(national === '' ? value : national)
    const line = toNumberBelow(bytes, 6, 100)
    const digits = `${200 + toNumberBelow(bytes, 0, 700)}55501${line < 10 ? '0' : ''}${line}`
    const written = write(value, raw, digits)
    if (maxLength === null || written.length <= maxLength) return written
    return maxLength >= 10 ? digits : digits.slice(-maxLength)
  }
}

function toDigits(value: string): string {
  const made = toLatinBytes(value.length)
  let length = 0
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at)
    if (isDigit(code)) made[length++] = code
  }
  return toLatinText(made, length)
}

function write(value: string, raw: string, digits: string): string {
  const usual = raw.length === 10 || (raw.length === 11 && raw.startsWith('1'))
  const all = raw.length === 11 ? `1${digits}` : digits
  const made = toLatinBytes(value.length)
  let next = 0
  for (let at = 0; usual && at < value.length; at += 1) {
    const code = value.charCodeAt(at)
    if (isDigit(code)) made[at] = all.charCodeAt(next++)
    else if (SIGNS.includes(code)) made[at] = code
    else break
    if (at === value.length - 1) return toLatinText(made, value.length)
  }
  return value.startsWith('+') ? `+1${digits}` : `${digits.slice(0, 3)}-555-${digits.slice(6)}`
}

const SIGNS = toCodes(' ()+.-')
const isDigit = (code: number) => code >= 0x30 && code <= 0x39
