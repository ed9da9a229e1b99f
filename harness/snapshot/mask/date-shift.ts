import type { Rule } from '../../model/policy.ts'
import { toDays, toIsoDate } from './civil-days.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'
import { toNumberBelow } from './mask-key.ts'

const DATE = /(?<!\d)(\d{4,6})-(\d\d)-(\d\d)/g
/** Not days of anybody's life but marks for `never` and `unknown`, which mean something as they are. */
const isMark = (year: number) => year < 1800 || year >= 9000

/**
 * Every date in the value moved back by whole days, the same number for all rows of a subject: time of day and all intervals
 * of one subject stay. Ranges and infinity included.
 * @throws Unmaskable for a text without an ISO date
 */
export function toDateShiftMask(rule: Extract<Rule, { kind: 'date-shift' }>, { key }: MaskContext): Mask {
  let [lastSubject, lastShift] = ['', toShift(key, rule.days, '')]
  return (value, subject) => {
    if (subject !== lastSubject) [lastSubject, lastShift] = [subject, toShift(key, rule.days, subject)]
    const shift = lastShift
    let found = false
    const moved = value.replace(DATE, (whole, year: string, month: string, day: string) => {
      found = true
      return isMark(Number(year))
        ? whole
        : toIsoDate(toDays(Number(year), Number(month), Number(day)) - shift)
    })
    if (!found && !isWithoutDate(value)) throw new Unmaskable('a text that holds no ISO date')
    return moved
  }
}

function toShift(key: MaskContext['key'], days: number, subject: string): number {
  return 1 + toNumberBelow(key.digest('date-shift', subject), 0, days)
}

/** Infinity, an empty text, an empty or unbounded range. */
export function isWithoutDate(value: string): boolean {
  return /^(\s*|-?infinity|empty|[[(](-?infinity)?,(-?infinity)?[\])]|\{\})$/.test(value)
}
