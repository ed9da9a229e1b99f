import type { Rule } from '../../model/policy.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'

/** The number that a value got in this capture, after the prefix. It is not derived from the value. */
export function toNumberMask(
  rule: Extract<Rule, { kind: 'number' }>,
  { numbers }: Pick<MaskContext, 'numbers'>,
): Mask {
  const given = numbers.get(rule.class)
  const prefix = rule.prefix ?? ''
  return (value) => {
    const number = given?.get(value)
    if (number === undefined) throw new Unmaskable('a value that has no number')
    return `${prefix}${number}`
  }
}
