import type { Rule } from '../../model/policy.ts'
import type { Mask, MaskContext } from './mask.ts'
import { toCode } from './mask-key.ts'

const BASE = 'https://example.invalid/'

/** Characters of every masked URL. */
export const URL_LENGTH = BASE.length + 16

/** A URL of the reserved domain, unique by its 16 characters. */
export function toUrlMask(rule: Extract<Rule, { kind: 'url' }>, { key }: MaskContext): Mask {
  const digest = key.derive(`url/${rule.class}`)
  return (value) => (value === '' ? value : `${BASE}${toCode(digest(value), 16)}`)
}
