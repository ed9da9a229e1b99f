import type { Rule } from '../../model/policy.ts'
import type { Mask, MaskContext } from './mask.ts'
import { pick, toNumberBelow } from './mask-key.ts'

/** Networks for documentation. Source: RFC 5737 and RFC 3849. */
const TEST_NETS = ['192.0.2', '198.51.100', '203.0.113']

/**
 * An address of a network for documentation, of the original's version. A network becomes a whole documentation
 * network.
 */
export function toIpMask(rule: Extract<Rule, { kind: 'ip' }>, { key }: MaskContext): Mask {
  const digest = key.derive(`ip/${rule.class}`)
  return (value) => {
    if (value === '') return value
    const bytes = digest(value)
    const six = value.includes(':')
    if (value.includes('/')) return six ? '2001:db8::/32' : `${pick(TEST_NETS, bytes, 0)}.0/24`
    if (!six) return `${pick(TEST_NETS, bytes, 0)}.${1 + toNumberBelow(bytes, 6, 254)}`
    const groups = [0, 2, 4, 6].map((at) =>
      ((bytes[at] as number) * 256 + (bytes[at + 1] as number) || 1).toString(16),
    )
    return `2001:db8::${groups.join(':')}`
  }
}
