import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { toDataFile } from '../ground/snapshot-format/parse-manifest.ts'
import type { Source } from '../model/source.ts'
import type { FinishedTable } from './incoming.ts'
import { maskRows, toLocated } from './mask-rows.ts'
import { renderTableQuery } from './source/table-query.ts'
import type { TablePlan } from './table-plan.ts'
import { toWholeRows } from './whole-rows.ts'

/** How a part of a table is copied. */
interface CopyOptions {
  /** Receives the rows and bytes that were read since the last call. */
  readonly add: (rows: number, bytes: number) => void
  readonly signal: AbortSignal
}

/** A part of a table in a file of its own. */
export interface CopiedPart {
  readonly path: string
  readonly rows: number
  readonly sizeBytes: number
  /** Hash over the file's bytes so far; it can take more. */
  readonly hash: Hash
  readonly values: readonly number[]
  readonly changed: readonly number[]
}

/**
 * Streams rows of a table out of the source, through their masks, into a file. Memory stays at a few pieces.
 * @param where a condition on the row, as SQL about the alias `t`
 * @throws Unmaskable with table, column and row of the part
 */
export async function copyPart(
  client: pg.Client,
  source: Source,
  plan: TablePlan,
  path: string,
  { add, signal }: CopyOptions,
  where?: string,
): Promise<CopiedPart> {
  const columns = plan.columns.map(({ column }) => column.name)
  const { table, subject } = plan
  const query = renderTableQuery(
    { table, columns, ...(subject && { subject }), ...(where !== undefined && { where }) },
    source,
  )
  const values = columns.map(() => 0)
  const changed = columns.map(() => 0)
  const hash = createHash('sha256')
  let rows = 0
  let sizeBytes = 0
  const toBytes = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const piece of toWholeRows(chunks)) {
      const masked = maskRows(plan, piece)
      rows += masked.rows
      masked.values.forEach((count, at) => {
        values[at] = (values[at] ?? 0) + count
        changed[at] = (changed[at] ?? 0) + (masked.changed[at] ?? 0)
      })
      hash.update(masked.bytes)
      sizeBytes += masked.bytes.length
      add(masked.rows, masked.bytes.length)
      yield masked.bytes
    }
  }
  const copy = client.query(copyTo(`COPY (${query}) TO STDOUT`, { highWaterMark: 1 << 18 }))
  try {
    await pipeline(copy, toBytes, createWriteStream(path, { highWaterMark: 1 << 18 }), { signal })
  } catch (error) {
    throw toLocated(error, plan, rows)
  }
  return { path, rows, sizeBytes, hash, values, changed }
}

/** Joins a table's parts into one file, in their order. The file gets its name only once it is complete. */
export async function joinParts(
  plan: TablePlan,
  folder: string,
  parts: readonly CopiedPart[],
): Promise<FinishedTable> {
  const { namespace, name } = plan.table
  const file = toDataFile(namespace, name)
  const [first, ...more] = parts as [CopiedPart, ...CopiedPart[]]
  const { hash } = first
  for (const { path } of more) {
    const hashed = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    }
    const from = createReadStream(path, { highWaterMark: 1 << 18 })
    await pipeline(from, hashed, createWriteStream(first.path, { flags: 'a', highWaterMark: 1 << 18 }))
    await rm(path)
  }
  // Never over an existing file: on a file system that ignores case, "User" and "user" would share one.
  await rm(join(folder, file), { force: true })
  await rename(first.path, join(folder, file))
  const sum = (of: (part: CopiedPart) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    table: {
      namespace,
      name,
      file,
      columns: plan.columns.map(({ column }) => column.name),
      rows: sum(({ rows }) => rows),
      sizeBytes: sum(({ sizeBytes }) => sizeBytes),
      sha256: hash.digest('hex'),
    },
    applied: plan.columns.map(({ column, rule }, at) => ({
      namespace,
      table: name,
      column: column.name,
      rule: rule.kind,
      values: sum(({ values }) => values[at] ?? 0),
      changed: sum(({ changed }) => changed[at] ?? 0),
    })),
  }
}
