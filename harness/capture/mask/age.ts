import { type Mask, Unmaskable } from './mask.ts'

/** Ages over 89 years become 90. @throws Unmaskable for a text that is more than a number and its unit */
export const toAgeMask = (): Mask => (value) => {
  if (value.trim() === '') return value
  const age = value.match(/^(\s*)(\d+)(\.\d+)?(\s*(?:y|yr|yrs|years?)(?: old)?\.?)?$/i)
  if (age) return Number(age[2]) > 89 ? `${age[1]}90${age[4] ?? ''}` : value
  // Younger than any limit, whatever their number of weeks.
  if (/^\d{1,3}\s*(d|days?|w|weeks?|m|mo|months?)$/i.test(value)) return value
  throw new Unmaskable('a text that is more than an age')
}
