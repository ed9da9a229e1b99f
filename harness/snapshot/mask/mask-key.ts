import { createHash, hash } from 'node:crypto'

/** 32 pseudo-random bytes of a value, as characters of code 0 to 255. */
export type Digest = (value: string) => string

/** A secret that replacements are derived with: the same key gives the same replacements, another key gives others. */
export interface MaskKey {
  /** A digest for one use; the same value has nothing in common under two uses. */
  derive(use: string): Digest
  /** 16 hex digits that tell two keys apart and say nothing about either. */
  readonly fingerprint: string
}

/** Shortest secret that is taken, in characters. */
export const SHORTEST_SECRET = 16

/**
 * The key of a secret text.
 * @throws RangeError for a secret shorter than `SHORTEST_SECRET`
 */
export function toMaskKey(secret: string): MaskKey {
  if (secret.length < SHORTEST_SECRET)
    throw new RangeError(`a key needs ${SHORTEST_SECRET} characters or more`)
  const key = toSha256(`phaseproof mask key\0${secret}`)
  return {
    derive: (use) => {
      const prefix = toSha256(`${key}${use}`)
      // One call, and one block where the value is short: an Hmac object for each value costs four times as much. Extending
      // a prefix hash needs the whole digest, of which a replacement shows a reduced part at most.
      return (value) => hash('sha256', prefix + value, 'binary')
    },
    fingerprint: createHash('sha256').update(`phaseproof key fingerprint\0${key}`).digest('hex').slice(0, 16),
  }
}

/** 256 bits in 43 characters. */
function toSha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}

/** As many pseudo-random bytes as asked for, as characters of code 0 to 255. */
export function toBytes(digest: Digest, value: string, count: number): string {
  let bytes = digest(value)
  for (let block = 1; bytes.length < count; block += 1) bytes += digest(`${bytes.slice(-32)}${block}`)
  return bytes
}

/** A whole number below `limit` (up to 2^48) from six bytes at `at`; its bias is below limit / 2^48. */
export function toNumberBelow(bytes: string, at: number, limit: number): number {
  let number = 0
  for (let index = at; index < at + 6; index += 1) number = number * 256 + bytes.charCodeAt(index)
  return number % limit
}

/** One of a list. */
export function pick<T>(list: readonly T[], bytes: string, at: number): T {
  return list[toNumberBelow(bytes, at, list.length)] as T
}

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Digits and lower-case letters; 16 of them hold more than 80 bits, so that a million values stay apart. */
export function toCode(bytes: string, length: number): string {
  let code = ''
  for (let index = 0; index < length; index += 1) code += BASE36[bytes.charCodeAt(index) % 36]
  return code
}
