/**
 * A text as the search sees it: letters without case and accents, and digits; everything else left out. `starts[at]` is 2
 * where a word begins after something left out, 1 between letters and digits and at a capital after a small letter, else 0.
 */
export interface FoldedText {
  bytes: Uint8Array
  starts: Uint8Array
  length: number
}

const OTHER = 0
const SMALL = 1
const CAPITAL = 2
const DIGIT = 3
const WIDE = 4

const kinds = new Uint8Array(256)
for (let byte = 0; byte < 256; byte += 1) {
  if (byte >= 0x80) kinds[byte] = WIDE
  else if (byte >= 0x61 && byte <= 0x7a) kinds[byte] = SMALL
  else if (byte >= 0x41 && byte <= 0x5a) kinds[byte] = CAPITAL
  else if (byte >= 0x30 && byte <= 0x39) kinds[byte] = DIGIT
}

/** An empty text to fold into, again and again. */
export function toFoldedText(): FoldedText {
  return { bytes: new Uint8Array(4096), starts: new Uint8Array(4096), length: 0 }
}

/** Are all bytes ASCII and none a backslash, percent sign or ampersand? Then `foldBytes` tells all there is to see. */
export function isPlain(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte >= 0x80 || byte === 0x5c || byte === 0x25 || byte === 0x26) return false
  }
  return true
}

/** Folds a text with letters of any script. */
export function foldText(text: string, into: FoldedText): void {
  foldBytes(Buffer.from(toBareLetters(text), 'utf8'), into)
}

/** Folds UTF-8 bytes whose letters beyond ASCII are bare already. */
export function foldBytes(raw: Uint8Array, into: FoldedText): void {
  if (into.bytes.length < raw.length) {
    into.bytes = new Uint8Array(raw.length * 2)
    into.starts = new Uint8Array(raw.length * 2)
  }
  const { bytes, starts } = into
  let length = 0
  let before = OTHER
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw[at] as number
    let kind = kinds[byte] as number
    // The T of an ISO timestamp separates like the blank it stands for.
    if (before === DIGIT && (byte | 0x20) === 0x74 && kinds[raw[at + 1] ?? 0] === DIGIT) kind = OTHER
    if (kind !== OTHER) {
      const isInside = (kind === DIGIT) === (before === DIGIT) && !(kind === CAPITAL && before === SMALL)
      bytes[length] = kind === CAPITAL ? byte | 0x20 : byte
      starts[length] = before === OTHER ? 2 : isInside ? 0 : 1
      length += 1
    }
    before = kind
  }
  into.length = length
}

function toBareLetters(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII as a whole is meant.
  if (/^[\x00-\x7f]*$/.test(text)) return text
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      // Signs of any script separate, as they do in ASCII.
      .replace(/[^\p{L}\p{N}\p{ASCII}]+/gu, ' ')
      .replace(/[^\p{ASCII}]+/gu, (letters) => letters.toLowerCase())
      .replace(/ß/g, 'ss')
  )
}
