const LONGEST = 4096
const shared = Buffer.alloc(LONGEST)

/** A buffer for a text of so many characters with codes up to 255. The next call may return the same buffer. */
export function toLatinBytes(length: number): Buffer {
  return length <= LONGEST ? shared : Buffer.alloc(length)
}

/** The text of the first bytes, made in one call: a text that grows character by character costs twice as much. */
export function toLatinText(bytes: Buffer, length: number): string {
  return bytes.toString('latin1', 0, length)
}

/** Codes of the characters of an alphabet. */
export function toCodes(alphabet: string): Uint8Array {
  return Uint8Array.from(alphabet, (char) => char.charCodeAt(0))
}
