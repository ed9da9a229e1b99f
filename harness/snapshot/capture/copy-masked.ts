import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { toDataFile } from '../parse-manifest.ts'
import type { Source } from '../source.ts'
import { MaskedRows } from './masked-rows.ts'
import type { StagedTable } from './staging.ts'
import type { TablePlan } from './table-plan.ts'
import { renderTableQuery } from './table-query.ts'

/** What one table's copying reports and heeds. */
export interface CopyWatch {
  readonly add: (rows: number, bytes: number) => void
  readonly signal: AbortSignal
}

/**
 * Streams a table out of the source, through its masks, into a file of the staging folder. Memory stays at a few chunks.
 * The file has its name only once it is complete.
 * @param where a condition that selects rows, as SQL about the alias `t`
 */
export async function copyMasked(
  client: pg.Client,
  source: Source,
  plan: TablePlan,
  folder: string,
  watch: CopyWatch,
  where?: string,
): Promise<StagedTable> {
  const { namespace, name } = plan.table
  const file = toDataFile(namespace, name)
  const path = join(folder, file)
  const columns = plan.columns.map(({ column }) => column.name)
  const query = renderTableQuery(
    {
      table: plan.table,
      columns,
      ...(plan.subject && { subject: plan.subject }),
      ...(where !== undefined && { where }),
    },
    source,
  )
  const rows = new MaskedRows(plan)
  const hash = createHash('sha256')
  let sizeBytes = 0
  const masked = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      const before = rows.rows
      const bytes = Buffer.from(rows.mask(chunk), 'utf8')
      if (bytes.length === 0) continue
      hash.update(bytes)
      sizeBytes += bytes.length
      watch.add(rows.rows - before, chunk.length)
      yield bytes
    }
  }
  await rm(path, { force: true })
  const copy = client.query(copyTo(`COPY (${query}) TO STDOUT`, { highWaterMark: 1 << 18 }))
  // Never over an existing file: on a file system that ignores case, "User" and "user" would share one.
  const output = createWriteStream(`${path}.part`, { flags: 'w', highWaterMark: 1 << 18 })
  await pipeline(copy, masked, output, { signal: watch.signal })
  await rename(`${path}.part`, path)
  const table = { namespace, name, file, columns, rows: rows.rows, sizeBytes, sha256: hash.digest('hex') }
  return { table, applied: rows.toApplied() }
}
