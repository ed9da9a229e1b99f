import type { CopyValue } from '../../../harness/ground/copy-text.ts'
import type { Dice } from './dice.ts'
import { toPersonName } from './invented/people.ts'
import { type Row, toRows } from './row.ts'

/**
 * Tables as raw production would hold them: contacts, places and secrets look like real ones, so that masks and leak
 * proof have work to do. They still belong to nobody.
 */
export function toRaw(
  seed: string,
  tables: Readonly<Record<string, readonly Row[]>>,
): Readonly<Record<string, readonly Row[]>> {
  // `.example` can be registered by no one (RFC 2606, section 2), area codes N9X are given to no place (NANPA,
  // expansion codes), ZIP codes from 694 to 699 to no post office (USPS, labeling list L002), and the points are open
  // ocean.
  const toRawTable = ([table, rows]: readonly [string, readonly Row[]]) =>
    toRows(`${seed}/raw/${table}`, rows.length, (dice, index) => toRawRow(rows[index] as Row, dice))
  return Object.fromEntries(Object.entries(tables).map((entry) => [entry[0], toRawTable(entry)]))
}

function toRawRow(row: Row, dice: Dice): Row {
  const raw = Object.entries(row).map(([column, value]) => {
    const write = value === null ? undefined : WRITERS[column]
    return [column, write ? write(value, dice) : value]
  })
  return Object.fromEntries(raw)
}

/** How columns of these names are written, in any table. All other columns are raw as they are. */
const WRITERS: Readonly<Record<string, (value: CopyValue, dice: Dice) => CopyValue>> = {
  email: (value, dice) => String(value).replace('@example.invalid', `@${dice.pick(DOMAINS)}`),
  password: (_, dice) => `$2b$10$${Array.from({ length: 53 }, () => dice.pick(BASE64)).join('')}`,
  phone: (_, dice) => toRawPhone(dice),
  zipCode: (value, dice) => String(value).replace(/^000/, `69${dice.between(4, 9)}`),
  latitude: (value) => moveNorth(Number(value)),
  longitude: (value) => moveWest(Number(value)),
  coordinates: (value) => {
    const { lat, lng } = (value as { readonly json: { lat: number; lng: number } }).json
    return { json: { lat: moveNorth(lat), lng: moveWest(lng) } }
  },
  notes: (value, dice) =>
    dice.chance(0.3) ? `${value} Call ${toPersonName(dice)} at ${toRawPhone(dice)} first.` : value,
}

const DOMAINS = ['valecare.example', 'lakes-ems.example', 'coastmail.example'] as const
const BASE64 = [...'./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789']

function toRawPhone(dice: Dice): string {
  const [area, exchange] = [`${dice.between(2, 9)}9${dice.below(10)}`, dice.between(600, 989)]
  const line = dice.between(1000, 9999)
  return dice.pick([
    `(${area}) ${exchange}-${line}`,
    `${area}-${exchange}-${line}`,
    `+1 ${area} ${exchange} ${line}`,
    `${area}.${exchange}.${line} ext. ${dice.between(10, 99)}`,
  ])
}

const moveNorth = (latitude: number) => toMillionths(latitude + 90)
const moveWest = (longitude: number) => toMillionths(longitude - 20)
const toMillionths = (degrees: number) => Math.round(degrees * 1e6) / 1e6
