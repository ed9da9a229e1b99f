import { toCodes, toLatinBytes, toLatinText } from './latin-text.ts'
import type { MaskKey } from './mask-key.ts'
import { type Round, toRound } from './round.ts'

const MOST_SHAPES = 16

/**
 * A permutation of the ASCII texts of each shape below 80 bits: digits stay digits, letters stay letters of their
 * case, everything else stays. No two values collide.
 */
export function toShortTextPermutation(key: MaskKey, use: string): (text: string) => string {
  // It is a Feistel network whose halves are the two halves of the symbols, read as numbers.
  const shapes = new Map<string, Shape>()
  let last: Shape | undefined
  return (text) => {
    const quick = last?.permute(text)
    if (quick !== undefined) return quick
    const name = text.replace(/\d/g, '0').replace(/[a-z]/gi, 'a')
    let shape = shapes.get(name)
    if (!shape) {
      if (shapes.size >= MOST_SHAPES) shapes.clear()
      shape = new Shape(key, use, name)
      shapes.set(name, shape)
    }
    last = shape
    return shape.permute(text) ?? text
  }
}

/** The texts of one shape, written as a sample: `0` for a digit, `a` for a letter. */
class Shape {
  private readonly shape: Uint8Array
  /** Number of symbols possible at each position: 10, 26, or 1 where the character stays. */
  private readonly bases: Uint8Array
  /** Position where the right half begins. */
  private readonly middle: number
  private readonly rounds: readonly [Round, Round, Round, Round]
  private readonly lefts: number
  private readonly rights: number

  constructor(key: MaskKey, use: string, shape: string) {
    this.shape = toCodes(shape)
    this.bases = this.shape.map((code) => (code === DIGIT ? 10 : code === LETTER ? 26 : 1))
    const places = [...this.bases].flatMap((base, at) => (base > 1 ? [at] : []))
    this.middle = places[places.length >> 1] ?? shape.length
    this.lefts = this.bases.slice(0, this.middle).reduce((all, base) => all * base, 1)
    this.rights = this.bases.slice(this.middle).reduce((all, base) => all * base, 1)
    const toLeft = (round: number) => toRound(key.derive(`${use}/${shape}/${round}`), this.lefts, this.rights)
    const toRight = (round: number) =>
      toRound(key.derive(`${use}/${shape}/${round}`), this.rights, this.lefts)
    this.rounds = [toLeft(0), toRight(1), toLeft(2), toRight(3)]
  }

  /** Permutes a text of this shape. Returns undefined for a text of another shape. */
  permute(text: string): string | undefined {
    const { length } = this.shape
    if (text.length !== length) return undefined
    let left = this.read(text, 0, this.middle)
    let right = this.read(text, this.middle, length)
    if (left < 0 || right < 0) return undefined
    left = (left + this.rounds[0](right)) % this.lefts
    right = (right + this.rounds[1](left)) % this.rights
    left = (left + this.rounds[2](right)) % this.lefts
    right = (right + this.rounds[3](left)) % this.rights
    const made = toLatinBytes(length)
    this.write(made, text, 0, this.middle, left)
    this.write(made, text, this.middle, length, right)
    return toLatinText(made, length)
  }

  private read(text: string, from: number, to: number): number {
    const { shape, bases } = this
    let number = 0
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at)
      const base = bases[at] as number
      if (base === 1) {
        if (code !== shape[at]) return -1
        continue
      }
      const symbol = base === 10 ? code - DIGIT : code < CAPITAL ? -1 : (code | 0x20) - LETTER
      if (symbol < 0 || symbol >= base) return -1
      number = number * base + symbol
    }
    return number
  }

  private write(into: Buffer, like: string, from: number, to: number, number: number): void {
    const { bases } = this
    let rest = number
    for (let at = to - 1; at >= from; at -= 1) {
      const base = bases[at] as number
      const code = like.charCodeAt(at)
      if (base === 1) into[at] = code
      else {
        const next = Math.floor(rest / base)
        into[at] = rest - next * base + (base === 10 ? DIGIT : code < LETTER ? CAPITAL : LETTER)
        rest = next
      }
    }
  }
}

const [DIGIT, CAPITAL, LETTER] = [0x30, 0x41, 0x61]
