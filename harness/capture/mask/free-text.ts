import { FILLER } from './invented.ts'
import type { Mask } from './mask.ts'

/** Other words with the same number of characters. Nothing of the text but its length is used. */
export const toFreeTextMask = (): Mask => (value) => {
  const length = countCharacters(value)
  const text =
    length <= FILLER.length
      ? FILLER.slice(0, length)
      : FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, length)
  return text.endsWith(' ') ? `${text.slice(0, -1)}.` : text
}

/** Counts characters as Postgres does, not UTF-16 units. */
function countCharacters(value: string): number {
  let pairs = 0
  for (let at = 0; at < value.length; at += 1) if ((value.charCodeAt(at) & 0xfc00) === 0xd800) pairs += 1
  return value.length - pairs
}
