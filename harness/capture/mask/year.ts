import type { Rule } from '../../model/policy.ts'
import { isWithoutDate } from './date-shift.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'

const DATE = /(?<!\d)(\d{4,6})-\d\d-\d\d(?:([ T])\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?/g

/**
 * Sets every date in the value to the first of January of its year, at midnight. With `birth`, an implied age of 90
 * or more becomes 90.
 * @throws Unmaskable for a text without an ISO date or a year
 */
export function toYearMask(rule: Extract<Rule, { kind: 'year' }>, { asOf }: MaskContext): Mask {
  // The age is the one on the policy's day, `asOf`.
  const earliest = rule.birth && asOf !== undefined ? Number(asOf.slice(0, 4)) - 90 : Number.NEGATIVE_INFINITY
  const cap = (year: string) => String(Math.max(Number(year), earliest)).padStart(4, '0')
  return (value) => {
    if (/^\d{4}$/.test(value)) return cap(value)
    let found = false
    const moved = value.replace(DATE, (_, year: string, separator: string | undefined) => {
      found = true
      return `${cap(year)}-01-01${separator === undefined ? '' : `${separator}00:00:00`}`
    })
    if (!found && !isWithoutDate(value)) throw new Unmaskable('a text that holds no ISO date and is no year')
    return moved
  }
}
