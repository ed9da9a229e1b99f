/** Random choices that are the same on every run and machine. */
export interface Dice {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  /** Some different members, in the order of the list. */
  some<T>(list: readonly T[], least: number, most: number): readonly T[]
  /** `value()` in `share` of the cases, else null. */
  maybe<T>(share: number, value: () => T): T | null
  /** A number with two decimals, as text, as numeric columns keep it. */
  decimal(least: number, most: number): string
  /** A number with six decimals: degrees. */
  degrees(least: number, most: number): number
  /** An id like those of Prisma Client: `c` and 24 letters or digits. */
  id(): string
  /** A UUID of version 4. */
  uuid(): string
}

/** Dice for one purpose. Each table has its own, so more rows in one table leave the others unchanged. */
export function toDice(seed: string): Dice {
  const next = toMulberry32(toFnv1a(seed))
  const below = (limit: number) => Math.floor(next() * limit)
  const between = (least: number, most: number) => least + below(most - least + 1)
  const digits = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[below(alphabet.length)]).join('')
  const dice: Dice = {
    below,
    between,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    some: (list, least, most) => {
      const chosen = new Set<number>()
      const wanted = Math.min(between(least, most), list.length)
      while (chosen.size < wanted) chosen.add(below(list.length))
      return list.filter((_, index) => chosen.has(index))
    },
    maybe: (share, value) => (next() < share ? value() : null),
    decimal: (least, most) => (between(Math.round(least * 100), Math.round(most * 100)) / 100).toFixed(2),
    degrees: (least, most) => Math.round((least + next() * (most - least)) * 1e6) / 1e6,
    id: () => `c${digits('0123456789abcdefghijklmnopqrstuvwxyz', 24)}`,
    uuid: () => {
      const hex = (length: number) => digits('0123456789abcdef', length)
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${digits('89ab', 1)}${hex(3)}-${hex(12)}`
    },
  }
  return dice
}

/** Hash of a text to 32 bits. Source: Fowler, Noll and Vo, variant 1a. */
function toFnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** A generator of numbers from 0, below 1. Source: Tommy Ettinger's mulberry32, public domain. */
function toMulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
