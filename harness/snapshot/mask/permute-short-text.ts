import type { MaskKey } from './mask-key.ts'
import { type Round, toRound } from './round.ts'

const MOST_SHAPES = 16

/**
 * A permutation of the texts of each shape (digits stay digits, letters letters of their case, all else stays), for ASCII texts
 * of less than 80 bits. A Feistel network whose halves are the two halves of the symbols, read as numbers, so no two values meet.
 */
export function toShortTextPermutation(key: MaskKey, use: string): (text: string) => string {
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

/** The texts of one shape, which is given as a text of it: `0` for a digit, `a` for a letter. */
class Shape {
  private readonly shape: string
  /** Places where the right half begins and the text ends. */
  private readonly middle: number
  private readonly rounds: readonly [Round, Round, Round, Round]
  private readonly lefts: number
  private readonly rights: number

  constructor(key: MaskKey, use: string, shape: string) {
    this.shape = shape
    const places = [...shape].flatMap((char, at) => (char === '0' || char === 'a' ? [at] : []))
    this.middle = places[places.length >> 1] ?? shape.length
    const size = (part: string) =>
      [...part].reduce((all, char) => all * (char === '0' ? 10 : char === 'a' ? 26 : 1), 1)
    this.lefts = size(shape.slice(0, this.middle))
    this.rights = size(shape.slice(this.middle))
    const toLeft = (round: number) => toRound(key.derive(`${use}/${shape}/${round}`), this.lefts, this.rights)
    const toRight = (round: number) =>
      toRound(key.derive(`${use}/${shape}/${round}`), this.rights, this.lefts)
    this.rounds = [toLeft(0), toRight(1), toLeft(2), toRight(3)]
  }

  /** Undefined for a text of another shape. */
  permute(text: string): string | undefined {
    if (text.length !== this.shape.length) return undefined
    let left = this.read(text, 0, this.middle)
    let right = this.read(text, this.middle, text.length)
    if (left < 0 || right < 0) return undefined
    left = (left + this.rounds[0](right)) % this.lefts
    right = (right + this.rounds[1](left)) % this.rights
    left = (left + this.rounds[2](right)) % this.lefts
    right = (right + this.rounds[3](left)) % this.rights
    return this.write(text, 0, this.middle, left) + this.write(text, this.middle, text.length, right)
  }

  private read(text: string, from: number, to: number): number {
    let number = 0
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at)
      const wanted = this.shape.charCodeAt(at)
      if (wanted === DIGIT) {
        if (code < DIGIT || code > 0x39) return -1
        number = number * 10 + code - DIGIT
      } else if (wanted === LETTER) {
        const letter = (code | 0x20) - LETTER
        if (letter < 0 || letter > 25 || code < 0x41) return -1
        number = number * 26 + letter
      } else if (code !== wanted) return -1
    }
    return number
  }

  private write(like: string, from: number, to: number, number: number): string {
    let rest = number
    let made = ''
    for (let at = to - 1; at >= from; at -= 1) {
      const wanted = this.shape.charCodeAt(at)
      if (wanted === DIGIT) {
        made = DIGITS[rest % 10] + made
        rest = Math.floor(rest / 10)
      } else if (wanted === LETTER) {
        const letters = like.charCodeAt(at) < LETTER ? UPPER : LOWER
        made = letters[rest % 26] + made
        rest = Math.floor(rest / 26)
      } else made = like[at] + made
    }
    return made
  }
}

const [DIGIT, LETTER] = [0x30, 0x61]
const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
