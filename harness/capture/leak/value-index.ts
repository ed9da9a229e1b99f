import type { FoldedText } from './fold.ts'

/** How a value is searched for. */
interface Entry {
  /** Number of where it came from, 0 to 65535. */
  readonly origin: number
  /** True to find the value inside of words too, false for word boundaries only. */
  readonly anywhere: boolean
  /** True to find the value only between characters that folding leaves out, not between letters and digits. */
  readonly alone: boolean
  /** Up to 6 bits that the finder gets back. */
  readonly flags: number
}

/** Receives each place where a value occurs. */
export type Found = (origin: number, flags: number) => void

/** Fewest and most folded bytes a value can have to be looked for. */
export const SHORTEST_VALUE = 4
export const LONGEST_VALUE = 32

const BASE = 0x01000193
const ANYWHERE = 0x80
const ALONE = 0x40

const powers = new Int32Array(LONGEST_VALUE + 1).fill(1)
for (let at = 1; at <= LONGEST_VALUE; at += 1) powers[at] = Math.imul(powers[at - 1] as number, BASE)

/**
 * Folded values by hash, searched for all at once in one pass over a text. It keeps no value, only 12 bytes of each;
 * `most` bounds the memory. Texts with equal length and equal 64-bit hash count as the same.
 */
export class ValueIndex {
  private readonly most: number
  private size = 0
  private slots = 1 << 12
  private keys = new Uint32Array(this.slots)
  private hashes = new Uint32Array(this.slots)
  private lengths = new Uint8Array(this.slots)
  private origins = new Uint16Array(this.slots)
  private flags = new Uint8Array(this.slots)
  /** One window for each number of bytes by which beginnings are compared, with the lengths of its values. */
  private readonly windows = [4, 7, 12].map((bytes) => new Window(bytes))
  private sums = new Int32Array(4097)

  constructor(most: number) {
    this.most = most
  }

  clear(): void {
    this.size = 0
    this.allocate(1 << 12)
    for (const window of this.windows) window.clear()
  }

  /**
   * Adds the first `LONGEST_VALUE` bytes of a value. Returns `new`, `known` (the first origin stays) or `full`.
   * @throws RangeError for a value shorter than `SHORTEST_VALUE`
   */
  add({ bytes, length: all }: FoldedText, entry: Entry): 'new' | 'known' | 'full' {
    const length = Math.min(all, LONGEST_VALUE)
    if (length < SHORTEST_VALUE) throw new RangeError('a value that is too short to be looked for')
    if (this.size >= this.most) return 'full'
    const key = mix(toHash(bytes, length), length)
    const hash = toCheck(bytes, 0, length)
    const window = this.windows.findLast((one) => one.bytes <= length) as Window
    window.add(toHash(bytes, window.bytes), length, entry.anywhere)
    const slot = this.find(key, hash, length)
    if (this.lengths[slot] !== 0) {
      if (entry.anywhere) this.flags[slot] = (this.flags[slot] as number) | ANYWHERE
      return 'known'
    }
    this.keys[slot] = key
    this.hashes[slot] = hash
    this.lengths[slot] = length
    this.origins[slot] = entry.origin
    this.flags[slot] = entry.flags | (entry.anywhere ? ANYWHERE : 0) | (entry.alone ? ALONE : 0)
    this.size += 1
    if (this.size * 2 > this.slots) this.grow()
    return 'new'
  }

  /** Calls `found` for every occurrence of every value. */
  search(text: FoldedText, found: Found): void {
    const { bytes, length } = text
    if (this.size === 0 || length < SHORTEST_VALUE) return
    if (this.sums.length <= length) this.sums = new Int32Array(length * 2)
    const { sums } = this
    for (let at = 0; at < length; at += 1) {
      sums[at + 1] = (Math.imul(sums[at] as number, BASE) + (bytes[at] as number)) | 0
    }
    for (const window of this.windows) if (window.lengths.length > 0) this.searchWindow(text, window, found)
  }

  private searchWindow({ bytes, starts, length }: FoldedText, window: Window, found: Found): void {
    const { sums } = this
    const power = powers[window.bytes] as number
    const last = length - window.bytes
    for (let at = 0; at <= last; at += 1) {
      // Most places are inside of words, and most beginnings are looked for where words begin.
      if (starts[at] === 0 && !window.isAnywhere) continue
      const sum = sums[at] as number
      const hash = ((sums[at + window.bytes] as number) - Math.imul(sum, power)) | 0
      if (!window.has(hash, starts[at] !== 0)) continue
      for (const size of window.lengths) {
        const end = at + size
        if (end > length) break
        const key = mix(((sums[end] as number) - Math.imul(sum, powers[size] as number)) | 0, size)
        let slot = key & (this.slots - 1)
        if (this.lengths[slot] === 0) continue
        slot = this.find(key, toCheck(bytes, at, end), size)
        if (this.lengths[slot] === 0) continue
        const flags = this.flags[slot] as number
        const least = flags & ALONE ? 2 : 1
        const begins = (starts[at] as number) >= least
        const ends = end === length || (starts[end] as number) >= least
        if (flags & ANYWHERE || (begins && ends)) {
          found(this.origins[slot] as number, flags & ~(ANYWHERE | ALONE))
        }
      }
    }
  }

  /** The slot of a value, or the empty slot where it would be. */
  private find(key: number, hash: number, length: number): number {
    const { keys, hashes, lengths } = this
    let slot = key & (this.slots - 1)
    while (lengths[slot] !== 0 && (keys[slot] !== key || hashes[slot] !== hash || lengths[slot] !== length)) {
      slot = (slot + 1) & (this.slots - 1)
    }
    return slot
  }

  private grow(): void {
    const { keys, hashes, lengths, origins, flags } = this
    this.allocate(this.slots * 2)
    for (let old = 0; old < keys.length; old += 1) {
      const length = lengths[old] as number
      if (length === 0) continue
      const slot = this.find(keys[old] as number, hashes[old] as number, length)
      this.keys[slot] = keys[old] as number
      this.hashes[slot] = hashes[old] as number
      this.lengths[slot] = length
      this.origins[slot] = origins[old] as number
      this.flags[slot] = flags[old] as number
    }
  }

  private allocate(slots: number): void {
    this.slots = slots
    this.keys = new Uint32Array(slots)
    this.hashes = new Uint32Array(slots)
    this.lengths = new Uint8Array(slots)
    this.origins = new Uint16Array(slots)
    this.flags = new Uint8Array(slots)
  }
}

/** The beginnings of one length, as a filter: most positions of a text match none and need no further look. */
class Window {
  readonly bytes: number
  /** In ascending order. */
  lengths: readonly number[] = []
  /** True when one of them is searched for inside of words too. */
  isAnywhere = false
  private readonly atStarts = new Uint8Array(1 << 21)
  private readonly everywhere = new Uint8Array(1 << 21)

  constructor(bytes: number) {
    this.bytes = bytes
  }

  add(hash: number, length: number, anywhere: boolean): void {
    if (!this.lengths.includes(length)) this.lengths = [...this.lengths, length].sort((a, b) => a - b)
    const bit = toBit(hash)
    this.atStarts[bit >>> 3] = (this.atStarts[bit >>> 3] as number) | (1 << (bit & 7))
    if (!anywhere) return
    this.isAnywhere = true
    this.everywhere[bit >>> 3] = (this.everywhere[bit >>> 3] as number) | (1 << (bit & 7))
  }

  has(hash: number, atStart: boolean): boolean {
    const bit = toBit(hash)
    return (((atStart ? this.atStarts : this.everywhere)[bit >>> 3] as number) & (1 << (bit & 7))) !== 0
  }

  clear(): void {
    this.lengths = []
    this.isAnywhere = false
    this.atStarts.fill(0)
    this.everywhere.fill(0)
  }
}

/** A polynomial hash, so the hash of any part follows from the sums before its ends. */
function toHash(bytes: Uint8Array, length: number): number {
  let hash = 0
  for (let at = 0; at < length; at += 1) hash = (Math.imul(hash, BASE) + (bytes[at] as number)) | 0
  return hash
}

/**
 * Spreads the bits of a polynomial hash, whose low bits know only the low bits of the text. Source: the finaliser of
 * MurmurHash3.
 */
function mix(hash: number, salt: number): number {
  let mixed = hash ^ Math.imul(salt, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** The upper 24 bits of a hash after a product, which moves low bits upwards. */
function toBit(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 8
}

/** A second hash of a part. Source: Fowler, Noll and Vo, variant 1a. */
function toCheck(bytes: Uint8Array, from: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  return hash >>> 0
}
