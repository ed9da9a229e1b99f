import { type Digest, toNumberBelow } from './mask-key.ts'

/** What a round of a Feistel network adds to one half, computed from the other half. */
export type Round = (half: number) => number

/** Most halves that are kept in a table; ordinary identifiers have few. */
const LARGEST_TABLE = 131_072

/** A round that returns numbers below `limit` for halves below `halves`. */
export function toRound(digest: Digest, limit: number, halves: number): Round {
  const made: Round = (half) => toNumberBelow(digest(String(half)), 0, limit)
  if (halves > LARGEST_TABLE || limit > 2 ** 31) return made
  const known = new Int32Array(halves).fill(-1)
  return (half) => {
    const before = known[half] as number
    if (before >= 0) return before
    const number = made(half)
    known[half] = number
    return number
  }
}
