/**
 * A text as the search sees it: letters without case and accents, and digits. `starts[at]` is 2 where a word begins
 * after something left out, 1 between letters and digits and at an inner capital, else 0.
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

/** An empty text that `foldText` can fill again and again. */
export function toFoldedText(): FoldedText {
  return { bytes: new Uint8Array(4096), starts: new Uint8Array(4096), length: 0 }
}

let ascii = new Uint8Array(4096)

/** Folds a text with letters of any script. */
export function foldText(text: string, into: FoldedText): void {
  const { length } = text
  if (ascii.length < length) ascii = new Uint8Array(length * 2)
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) {
      const bare = Buffer.from(toBareLetters(text), 'utf8')
      foldBytes(bare, bare.length, into)
      return
    }
    ascii[at] = code
  }
  foldBytes(ascii, length, into)
}

/** Folds UTF-8 bytes whose letters beyond ASCII carry no accents any more. */
function foldBytes(raw: Uint8Array, count: number, into: FoldedText): void {
  if (into.bytes.length < count) {
    into.bytes = new Uint8Array(count * 2)
    into.starts = new Uint8Array(count * 2)
  }
  const { bytes, starts } = into
  let length = 0
  let before = OTHER
  for (let at = 0; at < count; at += 1) {
    const byte = raw[at] as number
    let kind = kinds[byte] as number
    // The T of an ISO timestamp separates like the blank it stands for.
    if (
      before === DIGIT &&
      (byte | 0x20) === 0x74 &&
      at + 1 < count &&
      kinds[raw[at + 1] as number] === DIGIT
    )
      kind = OTHER
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

/** Takes case and accents off a text that holds more than ASCII. */
function toBareLetters(text: string): string {
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
