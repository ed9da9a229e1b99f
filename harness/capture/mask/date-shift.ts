import type { Rule } from '../../model/policy.ts'
import { toDays, toIsoDate } from './civil-days.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'
import { type Digest, type MaskKey, toNumberBelow } from './mask-key.ts'

const DATE = /(?<!\d)(\d{4,6})-(\d\d)-(\d\d)/g
/** Years that are marks for `never` and `unknown` and no days of anybody's life; they stay. */
const isMark = (year: number) => year < 1800 || year >= 9000

/**
 * Moves every date in the value back by whole days, the same number for all rows of a subject. Times of day and
 * intervals within a subject stay. It handles ranges and infinity.
 * @throws Unmaskable for a text without an ISO date
 */
export function toDateShiftMask(rule: Extract<Rule, { kind: 'date-shift' }>, { key }: MaskContext): Mask {
  const toLuck = toSharedLuck(key)
  return (value, subject) => {
    const shift = 1 + toNumberBelow(toLuck(subject), 0, rule.days)
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

/**
 * Days of a date in the common form, with or without a time behind it; null for anything that needs a closer look.
 */
function toPlainDate(value: string): number | null {
  if (value.length < 10 || value.length > 32 || value.charCodeAt(4) !== DASH || value.charCodeAt(7) !== DASH)
    return null
  const end = value.charCodeAt(10)
  if (value.indexOf('-', 8) !== -1 || (value.length > 10 && end !== SPACE && end !== LETTER_T)) return null
  const year = toDigits(value, 0, 4)
  const days = toDays(year, toDigits(value, 5, 7), toDigits(value, 8, 10))
  // A date before Christ says so at its end.
  return Number.isNaN(days) || isMark(year) || value.charCodeAt(value.length - 1) === LETTER_C ? null : days
}

/** The number of some digits; NaN for anything else. */
function toDigits(value: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at += 1) {
    const digit = value.charCodeAt(at) - ZERO
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN
  }
  return number
}

const [ZERO, DASH, SPACE, LETTER_T, LETTER_C] = [0x30, 0x2d, 0x20, 0x54, 0x43]

const shared = new WeakMap<MaskKey, Digest>()

/** The digest of a subject, remembered for the latest one, as the columns of a row ask one after another. */
function toSharedLuck(key: MaskKey): Digest {
  const known = shared.get(key)
  if (known) return known
  const digest = key.derive('date-shift')
  let latest = ''
  const luck = Uint8Array.from(digest(latest))
  const toLuck: Digest = (subject) => {
    if (subject !== latest) {
      latest = subject
      luck.set(digest(subject))
    }
    return luck
  }
  shared.set(key, toLuck)
  return toLuck
}

/** Recognises infinity, an empty text, and an empty or unbounded range. */
export function isWithoutDate(value: string): boolean {
  return /^(\s*|-?infinity|empty|[[(](-?infinity)?,(-?infinity)?[\])]|\{\})$/.test(value)
}
