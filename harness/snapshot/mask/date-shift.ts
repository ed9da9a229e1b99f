import type { Rule } from '../../model/policy.ts'
import { toDays, toIsoDate } from './civil-days.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'
import { type Digest, toNumberBelow } from './mask-key.ts'

const DATE = /(?<!\d)(\d{4,6})-(\d\d)-(\d\d)/g
/** Not days of anybody's life but marks for `never` and `unknown`, which mean something as they are. */
const isMark = (year: number) => year < 1800 || year >= 9000

/**
 * Every date in the value moved back by whole days, the same number for all rows of a subject: time of day and all intervals
 * of one subject stay. Ranges and infinity included.
 * @throws Unmaskable for a text without an ISO date
 */
export function toDateShiftMask(rule: Extract<Rule, { kind: 'date-shift' }>, { key }: MaskContext): Mask {
  const digest = key.derive('date-shift')
  let [lastSubject, lastShift] = ['', toShift(digest, rule.days, '')]
  return (value, subject) => {
    if (subject !== lastSubject) [lastSubject, lastShift] = [subject, toShift(digest, rule.days, subject)]
    const shift = lastShift
    const plain = toPlainDate(value)
    if (plain !== null) return toIsoDate(plain - shift) + value.slice(10)
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

/** Days of a date, with or without a time behind it, written the common way; null for all that needs a closer look. */
function toPlainDate(value: string): number | null {
  if (value.length < 10 || value.length > 32 || value.charCodeAt(4) !== DASH || value.charCodeAt(7) !== DASH)
    return null
  const end = value.charCodeAt(10)
  if (value.indexOf('-', 8) !== -1 || (value.length > 10 && end !== SPACE && end !== LETTER_T)) return null
  const year = Number(value.slice(0, 4))
  const days = toDays(year, Number(value.slice(5, 7)), Number(value.slice(8, 10)))
  // A date before Christ says so at its end.
  return Number.isNaN(days) || isMark(year) || value.charCodeAt(value.length - 1) === LETTER_C ? null : days
}

const [DASH, SPACE, LETTER_T, LETTER_C] = [0x2d, 0x20, 0x54, 0x43]

function toShift(digest: Digest, days: number, subject: string): number {
  return 1 + toNumberBelow(digest(subject), 0, days)
}

/** Infinity, an empty text, an empty or unbounded range. */
export function isWithoutDate(value: string): boolean {
  return /^(\s*|-?infinity|empty|[[(](-?infinity)?,(-?infinity)?[\])]|\{\})$/.test(value)
}
