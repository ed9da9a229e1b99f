import type { Mask } from './mask.ts'

const MOST = 32_768
const TRIAL = 4000
const WORTH = 0.3

/** Remembers the latest answers of a mask that needs no subject, and stops where values seldom come again. Bounded memory. */
export function remember(mask: Mask): Mask {
  let known: Map<string, string | null> | null = new Map()
  let asked = 0
  let hits = 0
  return (value, subject) => {
    if (known === null || value.length > 256) return mask(value, subject)
    asked += 1
    const before = known.get(value)
    if (before !== undefined) {
      hits += 1
      return before
    }
    const answer = mask(value, subject)
    if (known.size >= MOST) known.clear()
    // A copy: a value cut out of a chunk of rows would keep the whole chunk in memory.
    known.set(Buffer.from(value, 'utf8').toString('utf8'), answer)
    if (asked >= TRIAL) {
      if (hits < asked * WORTH) known = null
      asked = 0
      hits = 0
    }
    return answer
  }
}
