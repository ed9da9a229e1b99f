import type { Rule } from '../../model/policy.ts'
import type { Mask, MaskContext } from './mask.ts'
import { toNumberBelow } from './mask-key.ts'

/**
 * A number of the range kept free for fiction, 555-0100 to 555-0199, with any area code; written as the original is when that
 * has ten digits, or eleven with a 1 before. About 70,000 numbers, so not unique. Source: ATIS-0300115, 555 line numbers.
 */
export function toPhoneMask(rule: Extract<Rule, { kind: 'phone' }>, { key, maxLength }: MaskContext): Mask {
  const digest = key.derive(`phone/${rule.class}`)
  return (value) => {
    const raw = value.replace(/\D/g, '')
    if (value.trim() === '') return value
    const national = raw.length === 11 && raw.startsWith('1') ? raw.slice(1) : raw
    const bytes = digest(national === '' ? value : national)
    const digits = `${200 + toNumberBelow(bytes, 0, 700)}55501${String(toNumberBelow(bytes, 6, 100)).padStart(2, '0')}`
    const written = write(value, raw, digits)
    if (maxLength === null || written.length <= maxLength) return written
    return maxLength >= 10 ? digits : digits.slice(-maxLength)
  }
}

function write(value: string, raw: string, digits: string): string {
  const usual = raw.length === 10 || (raw.length === 11 && raw.startsWith('1'))
  if (!usual || !/^[\d ()+.-]*$/.test(value)) {
    return value.startsWith('+') ? `+1${digits}` : `${digits.slice(0, 3)}-555-${digits.slice(6)}`
  }
  const all = raw.length === 11 ? `1${digits}` : digits
  let next = 0
  return value.replace(/\d/g, () => all[next++] as string)
}
