import type { Policy } from '../../model/policy.ts'
import { FILLER, FIRST_NAMES, HOUSES, LAST_NAMES, STREETS, TOWNS } from '../mask/invented.ts'
import { HIDDEN_ZIP3 } from '../mask/zip3-list.ts'
import type { LeafRule } from './policy-leaves.ts'

/**
 * Tells whether a value has the form that its rule produces. It shares no code with the masks, so a fault of a mask
 * is seen.
 */
export type HasForm = (value: string) => boolean

const any: HasForm = () => true
const matches =
  (pattern: RegExp): HasForm =>
  (value) =>
    pattern.test(value)

const firstNames = new Set(FIRST_NAMES)
const lastNames = new Set(LAST_NAMES)

/** Words of replacements, in lower case. A value made of nothing else may be found where replacements stand. */
export const REPLACEMENT_WORDS: ReadonlySet<string> = new Set(
  [...FIRST_NAMES, ...LAST_NAMES, ...HOUSES, ...TOWNS, ...STREETS, FILLER]
    .flatMap((text) => text.toLowerCase().match(/[a-z]+/g) ?? [])
    .filter((word) => word.length > 1),
)

/** The same texts as a whole, letters only: a person may write as one word what a replacement writes as two. */
export const REPLACEMENT_TEXTS: ReadonlySet<string> = new Set(
  [...FIRST_NAMES, ...LAST_NAMES, ...HOUSES, ...TOWNS, ...STREETS].map((text) =>
    text.toLowerCase().replace(/[^a-z]/g, ''),
  ),
)

const TEST_NET = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}(\/\d+)?$|^2001:db8:/i

/**
 * The form of a rule that has one. Any text has the form of a surrogate or a shifted date, which look like their
 * originals.
 */
export function toForm(rule: LeafRule, policy: Policy): HasForm {
  switch (rule.kind) {
    case 'null':
      return () => false
    case 'constant':
      return (value) => value === rule.value
    case 'enum': {
      const values = new Set(rule.otherwise === undefined ? rule.values : [...rule.values, rule.otherwise])
      return (value) => values.has(value)
    }
    case 'identifier':
      return matches(toPattern(rule.pattern))
    case 'name':
      return names[rule.part]
    case 'email': {
      const kept = new Set(rule.keepValues)
      return (value) => value === '' || kept.has(value) || /^[^@\s]+@example\.invalid$/.test(value)
    }
    case 'phone':
      return isFictionalPhone
    case 'address':
      return addresses[rule.part]
    case 'zip3':
      return isWideZip
    case 'coordinate':
      return isOcean
    case 'year':
      return isYear
    case 'age':
      return (value) => Number(value.match(/^\s*(\d+)(?!.*[dwm])/)?.[1] ?? 0) <= 90
    case 'free-text':
      return isFiller
    case 'url':
      return matches(/^(https:\/\/example\.invalid\/.*)?$/)
    case 'ip':
      return (value) => value === '' || TEST_NET.test(value)
    case 'password':
      return (value) => value === policy.passwordHash
    case 'number':
      return (value) =>
        /^\d+$/.test(value.startsWith(rule.prefix ?? '') ? value.slice(rule.prefix?.length ?? 0) : value)
    case 'keep':
    case 'surrogate':
    case 'date-shift':
      return any
  }
}

function toPattern(pattern: string): RegExp {
  const classes: Readonly<Record<string, string>> = {
    '#': '\\d',
    '@': '[a-z]',
    '^': '[A-Z]',
    '*': '[\\da-z]',
  }
  const body = [...pattern]
    .map((char) => classes[char] ?? char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('')
  return new RegExp(`^(${body})?$`)
}

/** Tells whether a value is the beginning of a replacement, as in a column too short for all of it. */
function isBeginning(value: string, words: Iterable<string>): boolean {
  for (const word of words) if (word.startsWith(value)) return true
  return false
}

const names: Readonly<Record<'first' | 'last' | 'full' | 'organisation', HasForm>> = {
  first: (value) => firstNames.has(value) || isBeginning(value, FIRST_NAMES),
  last: (value) => lastNames.has(value) || isBeginning(value, LAST_NAMES),
  full: (value) => {
    const blank = value.indexOf(' ')
    if (blank === -1) return isBeginning(value, FIRST_NAMES)
    const last = value.slice(blank + 1)
    return firstNames.has(value.slice(0, blank)) && (lastNames.has(last) || isBeginning(last, LAST_NAMES))
  },
  organisation: (value) => TOWNS.some((town) => value.startsWith(town) || town.startsWith(value)),
}

const isTown: HasForm = (value) => isBeginning(value, TOWNS)
const isStreet: HasForm = (value) => {
  const street = value.match(/^\d{1,5}(?: (.*))?$/s)
  return value === '' || (street !== null && isBeginning(street[1] ?? '', STREETS))
}
const addresses: Readonly<Record<'street' | 'city' | 'full', HasForm>> = {
  street: isStreet,
  city: isTown,
  full: (value) => {
    const comma = value.indexOf(', ')
    return comma === -1
      ? isStreet(value.replace(/,$/, ''))
      : isStreet(value.slice(0, comma)) && isTown(value.slice(comma + 2))
  },
}

/** Tells whether three digits are shared by enough people, or are zeros. */
function isWideZip(value: string): boolean {
  const prefix = value.slice(0, 3)
  return /^\d{0,3}0{0,2}$/.test(value) && (prefix === '000' || !HIDDEN_ZIP3.has(prefix))
}

/** Recognises `555-01xx` with or without area and country, or the part of it that a short column holds. */
function isFictionalPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '')
  if (value.trim() === '') return true
  return (
    /^1?\d{3}55501\d\d$/.test(digits) || (digits.length < 10 && /^(\d{0,3}5?5?50?1?)?\d{0,2}$/.test(digits))
  )
}

function isOcean(value: string): boolean {
  if (value.trim() === '') return true
  const point = value.match(/^\(([^,]+),([^,]+)\)$/)
  const axes = point ? [Number(point[2]), Number(point[1])] : [Number(value)]
  // Latitude 48 to 44 south, longitude 128 to 122 west: water, both ways round.
  const within = (degree: number) => (degree >= -48 && degree <= -44) || (degree >= -128 && degree <= -122)
  return axes.every(within)
}

function isYear(value: string): boolean {
  const days = value.match(/\d{4,6}-\d\d-\d\d/g) ?? []
  return days.every((day) => day.endsWith('-01-01')) && !/[ T](?!00:00:00)\d\d:\d\d:\d\d/.test(value)
}

function isFiller(value: string): boolean {
  let at = 0
  const text = value.endsWith('.') ? value.slice(0, -1) : value
  for (const char of text) {
    if (char !== FILLER[at % FILLER.length]) return false
    at += 1
  }
  return true
}
