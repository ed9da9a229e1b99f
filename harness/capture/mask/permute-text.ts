import { toLatinBytes, toLatinText } from './latin-text.ts'
import { type Digest, type MaskKey, toBytes } from './mask-key.ts'
import { toShortTextPermutation } from './permute-short-text.ts'

/** From this many bits on, two values of a million-row column collide with a chance below one in 10^12. */
const ENOUGH_BITS = 80
const BITS = { digit: Math.log2(10), letter: Math.log2(26) } as const

/**
 * Makes another text of the same shape: digits become digits, letters become letters of the same case, everything
 * else stays. Values that differ by more than case stay different.
 */
export function toTextPermutation(key: MaskKey, use: string): (text: string) => string {
  // A permutation of the texts of one shape. Characters beyond ASCII become lower-case letters, so texts with them
  // stay apart by chance only.
  const drawn = key.derive(`${use}/drawn`)
  const permuteShort = toShortTextPermutation(key, use)
  return (text) => {
    let bits = 0
    let hasCapitals = false
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code > 0x7f) return drawAny(drawn, text)
      if (isDigit(code)) bits += BITS.digit
      else if (isLetter(code)) {
        bits += BITS.letter
        hasCapitals ||= code < 0x61
      }
    }
    if (bits >= ENOUGH_BITS) return draw(drawn, text, hasCapitals ? text.toLowerCase() : text)
    return bits === 0 ? text : permuteShort(text)
  }
}

/** Draws a long text from one digest. Their sheer number keeps long texts apart. */
function draw(digest: Digest, text: string, value: string): string {
  const { length } = text
  const bytes = toBytes(digest, value, length)
  const made = toLatinBytes(length)
  for (let at = 0; at < length; at += 1) made[at] = toOther(text.charCodeAt(at), bytes[at] as number)
  return toLatinText(made, length)
}

/** The same by characters, each of which may take two UTF-16 units. */
function drawAny(digest: Digest, text: string): string {
  const chars = [...text]
  const bytes = toBytes(digest, text.toLowerCase(), chars.length)
  return chars
    .map((char, at) => String.fromCharCode(toOther(char.charCodeAt(0), bytes[at] as number)))
    .join('')
}

function toOther(code: number, byte: number): number {
  if (isDigit(code)) return 0x30 + ((byte * 10) >> 8)
  if (isLetter(code)) return (code < 0x61 ? 0x41 : 0x61) + ((byte * 26) >> 8)
  return code > 0x7f ? 0x61 + ((byte * 26) >> 8) : code
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39
const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
