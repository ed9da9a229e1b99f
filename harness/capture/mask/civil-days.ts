/** Days since 1 January 1970 of a date of the Gregorian calendar, for any year. */
export function toDays(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  )
}

/** Dates from 1850 to 2123, kept once computed: a column of dates has few days and many rows. */
const FIRST_KNOWN = -43_829
const known: string[] = new Array(100_000).fill('')

/** The ISO date of a number of days since 1 January 1970. */
export function toIsoDate(days: number): string {
  const before = known[days - FIRST_KNOWN]
  if (before) return before
  const made = makeIsoDate(days)
  if (before === '') known[days - FIRST_KNOWN] = made
  return made
}

function makeIsoDate(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const part = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * part + 2) / 5) + 1
  const month = part < 10 ? part + 3 : part - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}
