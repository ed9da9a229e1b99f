import { StringDecoder } from 'node:string_decoder'

/**
 * Cuts chunks of COPY's text format into lines without their line ends, one batch for each chunk. Memory: one chunk
 * and one line.
 */
export async function* readCopyLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8')
  let rest: string[] = []
  for await (const chunk of chunks) {
    const text = decoder.write(chunk)
    const end = text.lastIndexOf('\n')
    if (end === -1) {
      rest.push(text)
      continue
    }
    const lines = text.slice(0, end).split('\n')
    // Joined only once a line ends, or a line of many chunks would be copied with each of them.
    lines[0] = rest.join('') + lines[0]
    rest = [text.slice(end + 1)]
    yield lines
  }
  const last = rest.join('') + decoder.end()
  if (last !== '') yield [last]
}

/** The columns of a line, with their escapes. */
export function toFields(line: string): readonly string[] {
  return line.split('\t')
}

/** Tells whether a column is NULL. */
export function isNull(field: string): boolean {
  return field === '\\N'
}

/** The text of a column that is not NULL. */
export function toFieldText(field: string): string {
  return field.includes('\\') ? field.replace(/\\(.)/gs, (_, char: string) => CONTROLS[char] ?? char) : field
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
