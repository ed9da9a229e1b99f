const [LINE_END, TAB, BACKSLASH] = [0x0a, 0x09, 0x5c]

/**
 * Lines of COPY's text format from chunks of bytes, without their line ends, in batches of one chunk each. Memory: one chunk and
 * one line. A batch is valid until the next is asked for.
 */
export async function* readCopyLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer[] = []
  for await (const chunk of chunks) {
    const lines: Buffer[] = []
    let from = 0
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, from)) {
      const end = chunk.subarray(from, at)
      lines.push(rest.length === 0 ? end : Buffer.concat([...rest, end]))
      rest = []
      from = at + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [Buffer.concat(rest)]
}

/** Calls `visit` with each column of a line, escapes still in it. */
export function forEachField(line: Buffer, visit: (field: Buffer, column: number) => void): void {
  let from = 0
  let column = 0
  for (let at = line.indexOf(TAB); at !== -1; at = line.indexOf(TAB, from)) {
    visit(line.subarray(from, at), column)
    column += 1
    from = at + 1
  }
  visit(line.subarray(from), column)
}

/** Is the column NULL? */
export function isNull(field: Buffer): boolean {
  return field.length === 2 && field[0] === BACKSLASH && field[1] === 0x4e
}

/** The text of a column that is not NULL. */
export function toFieldText(field: Buffer): string {
  const text = field.toString('utf8')
  return text.includes('\\') ? text.replace(/\\(.)/gs, (_, char: string) => CONTROLS[char] ?? char) : text
}

/** Source: https://www.postgresql.org/docs/17/sql-copy.html, "Text Format". COPY TO writes no octal or hexadecimal escapes. */
const CONTROLS: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
