import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { readFileDigest } from '../ground/file-digest.ts'
import { quoteName, quoteTable } from '../ground/quote.ts'
import type { Snapshot, SnapshotTable } from '../model/snapshot.ts'
import { toLoadError } from './load-failed.ts'
import { type FileFault, snapshotInvalid, toDigestFault } from './snapshot-invalid.ts'

const LINE_END = 0x0a

/**
 * Streams one table's file into Postgres with COPY. Memory stays at a few chunks. The bytes are hashed on the way,
 * and the COPY is cancelled when they are not the manifest's.
 * @throws snapshot-invalid, snapshot-load-failed, postgres-lost
 */
export async function copyTable(
  snapshot: Snapshot,
  table: SnapshotTable,
  client: pg.Client,
  options: { readonly addRows: (rows: number) => void; readonly signal: AbortSignal },
): Promise<void> {
  const { name } = snapshot.manifest
  const columns = table.columns.length > 0 ? ` (${table.columns.map(quoteName).join(', ')})` : ''
  const copy = client.query(copyFrom(`COPY ${quoteTable(table)}${columns} FROM STDIN`))
  // A session that dies after the pipeline gave up would raise an event nobody listens to.
  copy.on('error', () => {})
  const verified = new VerifiedBytes(table, options.addRows)
  const path = join(snapshot.folder, table.file)
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  try {
    await pipeline(file, verified, copy, { signal: options.signal })
  } catch (error) {
    if (options.signal.aborted) throw error
    if (isFileError(error)) {
      throw snapshotInvalid(name, [{ file: table.file, expected: 'a readable file', found: error.code }])
    }
    // A file that changed can make Postgres refuse a row before its end is hashed: then the change is the reason.
    const fault = verified.fault ?? toDigestFault(table.file, table, await readFileDigest(path))
    throw fault
      ? snapshotInvalid(name, [fault])
      : toLoadError(error, {
          snapshot: name,
          major: snapshot.manifest.postgres.major,
          file: table.file,
          table,
        })
  }
  if (copy.rowCount !== table.rows) {
    const fault = { file: table.file, expected: `${table.rows} rows`, found: `${copy.rowCount} rows` }
    throw snapshotInvalid(name, [fault])
  }
}

/**
 * Passes bytes on and hashes them. It fails at the end, before its reader can finish, when they are not the table's.
 */
class VerifiedBytes extends Transform {
  fault: FileFault | null = null
  private readonly hash = createHash('sha256')
  private sizeBytes = 0
  private readonly table: SnapshotTable
  private readonly addRows: (rows: number) => void

  constructor(table: SnapshotTable, addRows: (rows: number) => void) {
    super()
    this.table = table
    this.addRows = addRows
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.hash.update(chunk)
    this.sizeBytes += chunk.length
    this.addRows(countLines(chunk))
    done(null, chunk)
  }

  override _flush(done: (error?: Error) => void): void {
    const found = { sizeBytes: this.sizeBytes, sha256: this.hash.digest('hex') }
    this.fault = toDigestFault(this.table.file, this.table, found)
    if (this.fault) done(new Error('the file changed while it was loaded'))
    else done()
  }
}

function countLines(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, at + 1)) lines += 1
  return lines
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'syscall' in error && 'path' in error
}
