import type { Dice } from './dice.ts'

/** When all three environments were read. */
export const TAKEN_AT = '2026-01-06T06:00:00Z'

/** Minutes since 1970, UTC, the unit of the generator. */
export type Minute = number

const NOW: Minute = Date.parse(TAKEN_AT) / 60_000
const START: Minute = Date.parse('2019-02-01T00:00:00Z') / 60_000
const YEAR: Minute = 365 * 24 * 60

/** A moment in the system's life. The last year is four times as likely as any earlier one. */
export function toMoment(dice: Dice): Minute {
  return dice.chance(0.4) ? dice.between(NOW - YEAR, NOW - 60) : dice.between(START, NOW - YEAR)
}

/** A moment after `minute`, at most `days` later and never after the snapshot was taken. */
export function toLater(dice: Dice, minute: Minute, days: number): Minute {
  return Math.min(minute + dice.between(1, days * 24 * 60), NOW - 1)
}

/** A moment as a `timestamp(3)` column stores it, with random seconds and milliseconds. */
export function toStamp(dice: Dice, minute: Minute): string {
  const date = new Date(minute * 60_000 + dice.below(60_000))
  return date.toISOString().slice(0, 23).replace('T', ' ')
}

/** The moments at which a row was made and last changed. */
export function toCreatedAndUpdated(dice: Dice, made: Minute): { createdAt: string; updatedAt: string } {
  const createdAt = toStamp(dice, made)
  const untouched = dice.chance(0.3)
  return { createdAt, updatedAt: untouched ? createdAt : toStamp(dice, toLater(dice, made + 1, 400)) }
}
