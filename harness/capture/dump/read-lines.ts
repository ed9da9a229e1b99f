const LINE_END = 0x0a

/**
 * Cuts chunks of bytes into lines without their line ends, one batch for each chunk. A batch is valid until the next
 * is asked for. Memory: one chunk and one line.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Buffer[]> {
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
