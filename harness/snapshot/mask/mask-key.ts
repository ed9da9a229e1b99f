import { createHash, hash } from 'node:crypto'

/** A secret that replacements are derived with: the same key gives the same replacements, another key gives others. */
export interface MaskKey {
  /** 32 pseudo-random bytes, as characters of code 0 to 255. `domain` keeps uses of the same value apart. */
  digest(domain: string, value: string): string
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
  const key = createHash('sha256').update('phaseproof mask key\0').update(secret, 'utf8').digest('hex')
  return {
    // One call of one block where the value is short: an Hmac object for each value costs four times as much. Extending a
    // prefix hash needs the whole digest, of which a replacement shows a reduced part at most.
    digest: (domain, value) => hash('sha256', `${key}${domain}\0${value}`, 'binary'),
    fingerprint: createHash('sha256')
      .update('phaseproof key fingerprint\0')
      .update(key)
      .digest('hex')
      .slice(0, 16),
  }
}

/** As many pseudo-random bytes as asked for, as characters of code 0 to 255. */
export function toBytes(key: MaskKey, domain: string, value: string, count: number): string {
  let bytes = key.digest(domain, value)
  for (let block = 1; bytes.length < count; block += 1) bytes += key.digest(`${domain}#${block}`, value)
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
