/** Bytes of a name that Postgres keeps. */
export const NAME_BYTES = 63

/** The name as Postgres keeps it: at most 63 bytes, cut between characters. */
export function toKeptName(name: string): string {
  let kept = ''
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > NAME_BYTES) break
    kept += character
  }
  return kept
}
