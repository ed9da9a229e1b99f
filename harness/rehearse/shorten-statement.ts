import { redact } from '../ground/redact.ts'

/** Longest beginning of a statement that is told, in characters. */
const WORDS_LIMIT = 100

/** How a statement begins, in one line and without passwords. */
export function shortenStatement(text: string): string {
  const words = redact(text).replaceAll(/\s+/g, ' ')
  return words.length <= WORDS_LIMIT ? words : `${words.slice(0, WORDS_LIMIT - 1)}…`
}
