import type { Dice } from '../dice.ts'

const FIRST = [
  'Ada',
  'Bram',
  'Cosima',
  'Dario',
  'Elif',
  'Fenno',
  'Gwen',
  'Hiro',
  'Ines',
  'Jorun',
  'Kofi',
  'Lúcia',
  'Milo',
  'Nadia',
  'Odile',
  'Piet',
  'Quirin',
  'Runa',
  'Søren',
  'Tamsin',
  'Uma',
  'Viggo',
  'Wanja',
  'Xenia',
  'Yusuf',
  'Zoë',
] as const
const LAST = [
  'Amberly',
  'Brackwater',
  "O'Dunnery",
  'Coldspring',
  'Dovetail',
  'Eastmere',
  'Fernhollow',
  'Goldwick',
  'Harrowgate',
  'Inkpen',
  'Juniperson',
  'Kettleby',
  'Lanternmoor',
  'Mistlethwaite',
  'Northrop-Vale',
  'Oakenshaw',
  'Pennyfield',
  'Quillfeather',
  'Ravenscroft',
  'Saltmarsh',
  'Thistledown',
  'Underbough',
  'Vanterpool',
  'Winterbourne',
  'Yarrowby',
  'Zellweg',
] as const

/** An invented name. */
export function toPersonName(dice: Dice): string {
  return `${dice.pick(FIRST)} ${dice.pick(LAST)}`
}

/** An address in a domain that cannot exist, unique by `key`. */
export function toEmail(name: string, key: string): string {
  const local = name
    .normalize('NFD')
    .replace(/[^a-zA-Z]+/g, '.')
    .toLowerCase()
  return `${local}.${key}@example.invalid`
}

/** A number of the fictional range 555-0100 to 555-0199, in the ways in which people write it. */
export function toPhone(dice: Dice): string {
  const [area, last] = [dice.between(200, 989), dice.between(100, 199)]
  return dice.pick([`(${area}) 555-0${last}`, `${area}-555-0${last}`, `+1 ${area} 555 0${last}`])
}
