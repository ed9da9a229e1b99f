const LONGEST = 4096
const shared = Buffer.alloc(LONGEST)

/** Bytes to write a text of so many characters into, of codes up to 255; for the next text the same ones may be given again. */
export function toLatinBytes(length: number): Buffer {
  return length <= LONGEST ? shared : Buffer.alloc(length)
}

/** The text of the first bytes. One call: a text that grows by a character at a time costs twice as much. */
export function toLatinText(bytes: Buffer, length: number): string {
  return bytes.toString('latin1', 0, length)
}

/** Codes of the characters of an alphabet. */
export function toCodes(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, (char) => char.charCodeAt(0))
}
