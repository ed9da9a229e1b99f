const LINE_END = 0x0a

/**
 * Rows of COPY's text format in pieces that end with a row, from chunks that end anywhere, also inside of a character. Each piece
 * has its memory for itself, so that it can be handed to another thread.
 * @param leastBytes gathered before a piece is given, unless the rows end
 */
export async function* toWholeRows(
  chunks: AsyncIterable<Buffer>,
  leastBytes = 1 << 16,
): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    const end = length + chunk.length < leastBytes ? 0 : chunk.lastIndexOf(LINE_END) + 1
    if (end > 0) {
      yield toOne([...waiting, chunk.subarray(0, end)], length + end)
      waiting = []
      length = 0
    }
    if (end < chunk.length) waiting.push(chunk.subarray(end))
    length += chunk.length - end
  }
  if (length > 0) yield toOne(waiting, length)
}

function toOne(parts: readonly Buffer[], length: number): Buffer {
  const one = Buffer.allocUnsafeSlow(length)
  let at = 0
  for (const part of parts) at += part.copy(one, at)
  return one
}
