import type { Rule } from '../../model/policy.ts'
import { type Mask, Unmaskable } from './mask.ts'

/**
 * Keeps the values of the list and turns others into `otherwise`.
 * @throws Unmaskable for another value where there is no `otherwise`
 */
export function toEnumMask(rule: Extract<Rule, { kind: 'enum' }>): Mask {
  const values = new Set(rule.values)
  return (value) => {
    if (values.has(value)) return value
    if (rule.otherwise === undefined) throw new Unmaskable('a value that the policy does not list')
    return rule.otherwise
  }
}
