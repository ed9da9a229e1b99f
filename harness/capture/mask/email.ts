import type { Rule } from '../../model/policy.ts'
import type { Mask, MaskContext } from './mask.ts'
import { toCode } from './mask-key.ts'

/** A domain to which nothing can ever be delivered. Source: RFC 2606, section 2, and RFC 6761, section 6.4. */
const RESERVED_DOMAIN = 'example.invalid'

/** Length of every masked address; a shorter column cannot hold one. */
export const EMAIL_LENGTH = 17 + 1 + RESERVED_DOMAIN.length

/** An address of the reserved domain in lower case, unique by its 16 characters. Listed test accounts stay. */
export function toEmailMask(rule: Extract<Rule, { kind: 'email' }>, { key }: MaskContext): Mask {
  const digest = key.derive(`email/${rule.class}`)
  const kept = new Set(rule.keepValues)
  return (value) => {
    if (value === '' || kept.has(value)) return value
    return `u${toCode(digest(rule.caseless ? value.toLowerCase() : value), 16)}@${RESERVED_DOMAIN}`
  }
}
