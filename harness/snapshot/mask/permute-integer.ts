import { type MaskKey, toNumberBelow } from './mask-key.ts'

const ROUNDS = 4

/** Numbers below it are permuted among themselves, larger ones within their last 15 digits. Exact in floating point. */
const BIG = 10 ** 15

/** Highest number of a column type, for a class: all of its columns must be able to hold all of its numbers. */
export const HIGHEST = { int2: 32_767, int4: 2_147_483_647, int8: BIG - 1 } as const

/**
 * Another whole number of 0 to `highest`, by a permutation of that range: different numbers stay different. The sign stays.
 * A number beyond the range stays beyond it.
 */
export function permuteInteger(key: MaskKey, domain: string, text: string, highest: number): string {
  if (!text.startsWith('-')) return permuteMagnitude(key, domain, text, highest)
  const moved = permuteMagnitude(key, domain, text.slice(1), highest)
  // There is no negative zero, but the magnitude that zero moves to is left over.
  return `-${moved === '0' ? permuteMagnitude(key, domain, '0', highest) : moved}`
}

function permuteMagnitude(key: MaskKey, domain: string, text: string, highest: number): string {
  const number = Number(text)
  if (number <= highest) return String(permuteBelow(key, domain, number, highest + 1))
  if (number < BIG) {
    const base = highest + 1
    return String(base + permuteBelow(key, `${domain}/above`, number - base, BIG - base))
  }
  const [head, tail] = [text.slice(0, -15), text.slice(-15)]
  // With the first digits of the highest bigint, not every tail fits.
  const size = head === '9223' ? 372_036_854_775_808 : BIG
  return `${head}${String(permuteBelow(key, `${domain}/${head}`, Number(tail), size)).padStart(15, '0')}`
}

function permuteBelow(key: MaskKey, domain: string, number: number, size: number): number {
  const side = Math.ceil(Math.sqrt(size))
  let moved = number
  // The square of `side` is a little larger than the range: walk on until inside, which keeps it a permutation.
  do {
    let left = Math.floor(moved / side)
    let right = moved % side
    for (let round = 0; round < ROUNDS; round += 2) {
      left = (left + toNumberBelow(key.digest(`${domain}/int${round}`, String(right)), 0, side)) % side
      right = (right + toNumberBelow(key.digest(`${domain}/int${round + 1}`, String(left)), 0, side)) % side
    }
    moved = left * side + right
  } while (moved >= size)
  return moved
}
