import type { MaskKey } from './mask-key.ts'
import { type Round, toRound } from './round.ts'

/**
 * Numbers below this are permuted among themselves, larger ones within their last 15 digits, which floating point
 * holds exactly.
 */
const BIG = 10 ** 15

/** Highest number of each column type. All columns of a class must be able to hold all of its numbers. */
export const HIGHEST = { int2: 32_767, int4: 2_147_483_647, int8: BIG - 1 } as const

/**
 * A permutation of the whole numbers from 0 to `highest`, so different numbers stay different. The sign stays. A
 * number beyond the range stays beyond it.
 */
export function toIntegerPermutation(key: MaskKey, use: string, highest: number): (text: string) => string {
  const inside = toPermutation(key, `${use}/integer`, highest + 1)
  const base = highest + 1
  const above = toPermutation(key, `${use}/above`, BIG - base)
  const magnitude = (text: string) => {
    const number = Number(text)
    if (number <= highest) return String(inside(number))
    if (number < BIG) return String(base + above(number - base))
    const [head, tail] = [text.slice(0, -15), text.slice(-15)]
    // With the first digits of the highest bigint, not every tail fits.
    const big = toPermutation(key, `${use}/${head}`, head === '9223' ? 372_036_854_775_808 : BIG)
    return `${head}${String(big(Number(tail))).padStart(15, '0')}`
  }
  return (text) => {
    if (!text.startsWith('-')) return magnitude(text)
    const moved = magnitude(text.slice(1))
    // There is no negative zero, but the magnitude that zero moves to is left over.
    return `-${moved === '0' ? magnitude('0') : moved}`
  }
}

/** A Feistel network over a square that is slightly larger than the range. */
function toPermutation(key: MaskKey, use: string, size: number): (number: number) => number {
  const side = Math.ceil(Math.sqrt(size))
  const rounds = [0, 1, 2, 3].map((round) => toRound(key.derive(`${use}/${round}`), side, side))
  const [first, second, third, fourth] = rounds as [Round, Round, Round, Round]
  return (number) => {
    let moved = number
    // What lands outside of the range walks on until inside, which keeps it a permutation.
    do {
      let left = Math.floor(moved / side)
      let right = moved % side
      left = (left + first(right)) % side
      right = (right + second(left)) % side
      left = (left + third(right)) % side
      right = (right + fourth(left)) % side
      moved = left * side + right
    } while (moved >= size)
    return moved
  }
}
