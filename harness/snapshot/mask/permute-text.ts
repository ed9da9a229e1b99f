import { type Digest, type MaskKey, toBytes } from './mask-key.ts'
import { toShortTextPermutation } from './permute-short-text.ts'

/** From so many bits on, two values of a million-row column meet with a chance below one in 10^12. */
const ENOUGH_BITS = 80
const BITS = { digit: Math.log2(10), letter: Math.log2(26) } as const

/**
 * Makes of a text another one of the same shape: digits become digits, letters become letters of the same case, all else stays.
 * A permutation of the texts of one shape, so different values stay different, and so do values that differ by more than case.
 * Characters beyond ASCII become lower-case letters; texts with them stay apart by chance only.
 */
export function toTextPermutation(key: MaskKey, use: string): (text: string) => string {
  const drawn = key.derive(`${use}/drawn`)
  const permuteShort = toShortTextPermutation(key, use)
  return (text) => {
    let bits = 0
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code > 0x7f) return draw(drawn, [...text], text.toLowerCase())
      bits += isDigit(code) ? BITS.digit : isLetter(code) ? BITS.letter : 0
    }
    if (bits >= ENOUGH_BITS) return draw(drawn, text, text.toLowerCase())
    return bits === 0 ? text : permuteShort(text)
  }
}

/** Long texts: drawn from one digest, which keeps them apart by their sheer number. */
function draw(digest: Digest, chars: string | readonly string[], value: string): string {
  const bytes = toBytes(digest, value, chars.length)
  let made = ''
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] as string
    const code = char.charCodeAt(0)
    const byte = bytes.charCodeAt(at)
    if (isDigit(code)) made += DIGITS[byte % 10]
    else if (isLetter(code)) made += code < 0x61 ? UPPER[byte % 26] : LOWER[byte % 26]
    else made += code > 0x7f ? LOWER[byte % 26] : char
  }
  return made
}

const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const isDigit = (code: number) => code >= 0x30 && code <= 0x39
const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
