import type { Rule } from '../../model/policy.ts'
import { STREETS, TOWNS } from './invented.ts'
import type { Mask, MaskContext } from './mask.ts'
import { pick, toNumberBelow } from './mask-key.ts'

/** A street, a town or both, of no real place, cut to what the column holds. */
export function toAddressMask(
  rule: Extract<Rule, { kind: 'address' }>,
  { key, maxLength }: MaskContext,
): Mask {
  const digest = key.derive(`address/${rule.class}`)
  return (value) => {
    if (value === '') return value
    const bytes = digest(value)
    const street = `${100 + toNumberBelow(bytes, 0, 9900)} ${pick(STREETS, bytes, 6)}`
    const city = pick(TOWNS, bytes, 12)
    const address = { street, city, full: `${street}, ${city}` }[rule.part]
    return maxLength === null ? address : address.slice(0, maxLength)
  }
}
