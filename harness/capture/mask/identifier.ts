import type { Rule } from '../../model/policy.ts'
import type { Mask, MaskContext } from './mask.ts'
import { toBytes } from './mask-key.ts'

const ALPHABETS: Readonly<Record<string, string>> = {
  '#': '0123456789',
  '@': 'abcdefghijklmnopqrstuvwxyz',
  '^': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '*': '0123456789abcdefghijklmnopqrstuvwxyz',
}

/** A new identifier of the rule's pattern. It is unique only as far as the pattern has room: see `toPatternBits`. */
export function toIdentifierMask(rule: Extract<Rule, { kind: 'identifier' }>, { key }: MaskContext): Mask {
  const digest = key.derive(`identifier/${rule.class}`)
  return (value) => {
    if (value === '') return value
    const bytes = toBytes(digest, value, rule.pattern.length)
    let made = ''
    for (let at = 0; at < rule.pattern.length; at += 1) {
      const char = rule.pattern[at] as string
      const alphabet = ALPHABETS[char]
      made += alphabet === undefined ? char : alphabet[((bytes[at] as number) * alphabet.length) >> 8]
    }
    return made
  }
}

/** Bits that a pattern can tell apart. From 80 on, a million values do not collide. */
export function toPatternBits(pattern: string): number {
  return [...pattern].reduce((bits, char) => bits + Math.log2(ALPHABETS[char]?.length ?? 1), 0)
}
