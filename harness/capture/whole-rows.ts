const LINE_END = 0x0a

/**
 * Regroups chunks that end anywhere into pieces that end with a row of COPY's text format. Each piece owns its
 * memory, so another thread can take it.
 * @param leastBytes size from which a piece is yielded; the last may be smaller
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
