import type { Rule } from '../../model/policy.ts'
import { FIRST_NAMES, HOUSES, LAST_NAMES, TOWNS } from './invented.ts'
import type { Mask, MaskContext } from './mask.ts'
import { pick } from './mask-key.ts'

/** An invented name, the same for the same name everywhere. It is not unique and is cut to what the column holds. */
export function toNameMask(rule: Extract<Rule, { kind: 'name' }>, { key, maxLength }: MaskContext): Mask {
  const make = parts[rule.part]
  const digest = key.derive(`name/${rule.class}`)
  return (value) => {
    if (value === '') return value
    const name = make(digest(value))
    return maxLength === null ? name : name.slice(0, maxLength)
  }
}

const parts: Readonly<Record<Extract<Rule, { kind: 'name' }>['part'], (bytes: Uint8Array) => string>> = {
  first: (bytes) => pick(FIRST_NAMES, bytes, 0),
  last: (bytes) => pick(LAST_NAMES, bytes, 6),
  full: (bytes) => `${pick(FIRST_NAMES, bytes, 0)} ${pick(LAST_NAMES, bytes, 6)}`,
  organisation: (bytes) =>
    `${pick(TOWNS, bytes, 0)} ${pick(HOUSES, bytes, 6)} ${pick(LAST_NAMES, bytes, 12)}`,
}
