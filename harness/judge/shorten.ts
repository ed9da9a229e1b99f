const LONGEST = 300

/** A definition on one line, cut where a person stops reading. */
export function shorten(definition: string): string {
  const line = definition.replaceAll(/\s+/g, ' ').trim()
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)} …`
}

/** Two definitions that differ, each on one line. Of several lines only those are left in which they differ, as of a function's body. */
export function shortenChange(was: string, is: string): { readonly was: string; readonly is: string } {
  const [before, after] = [was.split('\n'), is.split('\n')]
  if (before.length === 1 && after.length === 1) return { was: shorten(was), is: shorten(is) }
  const shorter = Math.min(before.length, after.length)
  let begin = 0
  while (begin < shorter && before[begin] === after[begin]) begin += 1
  let end = 0
  while (end < shorter - begin && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const rest = (lines: readonly string[]) => shorten(lines.slice(begin, lines.length - end).join(' '))
  return { was: rest(before) || 'nothing there', is: rest(after) || 'nothing there' }
}
