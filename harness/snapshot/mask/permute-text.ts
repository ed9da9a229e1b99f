import { type MaskKey, toBytes } from './mask-key.ts'

const ROUNDS = 4
/** From so many bits on, two values of a million-row column meet with a chance below one in 10^12. */
const ENOUGH_BITS = 80
const BITS = { digit: Math.log2(10), letter: Math.log2(26) } as const

/**
 * Another text of the same shape: digits become digits, letters become letters of the same case, all else stays. A permutation
 * of the texts of one shape, so different values stay different, and so do values that differ by more than case.
 * Characters beyond ASCII become lower-case letters; texts with them stay apart by chance only.
 */
export function permuteText(key: MaskKey, domain: string, text: string): string {
  let bits = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return draw(key, domain, [...text], text.toLowerCase())
    bits += isDigit(code) ? BITS.digit : isLetter(code) ? BITS.letter : 0
  }
  if (bits >= ENOUGH_BITS) return draw(key, domain, text, text.toLowerCase())
  return bits === 0 ? text : permute(key, domain, text)
}

/** Long texts: drawn from one digest, which keeps them apart by their sheer number. */
function draw(key: MaskKey, domain: string, chars: string | readonly string[], value: string): string {
  const bytes = toBytes(key, `${domain}/drawn`, value, chars.length)
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

/** Short texts: a Feistel network whose halves are the two halves of the symbols, so that no two values can meet. */
function permute(key: MaskKey, domain: string, text: string): string {
  const places: number[] = []
  const radixes: number[] = []
  const symbols: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (!isDigit(code) && !isLetter(code)) continue
    places.push(at)
    radixes.push(isDigit(code) ? 10 : 26)
    symbols.push(isDigit(code) ? code - 0x30 : (code | 0x20) - 0x61)
  }
  const shape = text.replace(/\d/g, '0').replace(/[a-z]/gi, 'a')
  const middle = symbols.length >> 1
  for (let round = 0; round < ROUNDS; round += 1) {
    const [from, to] = round % 2 === 0 ? [0, middle] : [middle, symbols.length]
    const other = symbols.slice(0, from).concat(symbols.slice(to)).join()
    const bytes = toBytes(key, `${domain}/${round}/${shape}`, other, to - from)
    for (let at = from; at < to; at += 1) {
      symbols[at] = ((symbols[at] as number) + bytes.charCodeAt(at - from)) % (radixes[at] as number)
    }
  }
  const chars = [...text]
  places.forEach((at, index) => {
    const symbol = symbols[index] as number
    const letters = text.charCodeAt(at) < 0x61 ? UPPER : LOWER
    chars[at] = (radixes[index] === 10 ? DIGITS : letters)[symbol] as string
  })
  return chars.join('')
}

const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const isDigit = (code: number) => code >= 0x30 && code <= 0x39
const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
