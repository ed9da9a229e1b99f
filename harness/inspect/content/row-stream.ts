import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** How COPY writes NULL, which sorts last. */
export const NULL = String.raw`\N`

/** A row as texts: the hash of its key, then those of the compared columns, then what else was asked for. */
export type HashRow = readonly string[]

/** Rows of a query one after the other, no faster than they are taken. */
export class RowStream {
  current: HashRow | null = null
  private readonly chunks: AsyncIterator<Buffer>
  private lines: readonly string[] = []
  private at = 0
  private rest = ''

  private constructor(chunks: AsyncIterator<Buffer>) {
    this.chunks = chunks
  }

  /** Begins to read `sql`, which gives numbers only; `current` is its first row. */
  static async open(client: pg.ClientBase, sql: string): Promise<RowStream> {
    const chunks: AsyncIterable<Buffer> = client.query(copyTo(`COPY (${sql}) TO STDOUT`))
    const stream = new RowStream(chunks[Symbol.asyncIterator]())
    await stream.next()
    return stream
  }

  /** Steps to the next row; what it returns must be waited for. At the end `current` is null. */
  next(): Promise<void> | undefined {
    const line = this.lines[this.at++]
    if (line === undefined) return this.fill()
    this.current = line.split('\t')
    return undefined
  }

  private async fill(): Promise<void> {
    for (;;) {
      const { value, done } = await this.chunks.next()
      if (done) {
        this.current = null
        return
      }
      const lines = (this.rest + value.toString('latin1')).split('\n')
      this.rest = lines.pop() ?? ''
      const [first] = lines
      if (first === undefined) continue
      this.lines = lines
      this.at = 1
      this.current = first.split('\t')
      return
    }
  }
}
