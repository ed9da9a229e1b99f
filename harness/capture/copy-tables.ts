import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { atOnce } from '../ground/at-once.ts'
import { toSha256 } from '../ground/file-digest.ts'
import { quoteTable } from '../ground/quote.ts'
import { toDataFile } from '../ground/snapshot-format/parse-manifest.ts'
import type { Progress } from '../model/ports.ts'
import { type Source, type SourceTable, toTableKey } from '../model/source.ts'
import { toCaptureError } from './capture-failed.ts'
import { type CopiedPart, copyPart, joinParts } from './copy-masked.ts'
import type { FinishedTable, Incoming } from './incoming.ts'
import { Unmaskable } from './mask/mask.ts'
import type { SourceSessions } from './source/source-session.ts'
import { planRanges } from './source/table-ranges.ts'
import { type MaskShared, type TablePlan, toTablePlan } from './table-plan.ts'
import { toThroughput } from './throughput.ts'

/** How tables are copied. */
interface CopyTablesOptions {
  /** Parts of tables read at once. */
  readonly jobs: number
  /** A condition on the rows of each table of a subset, keyed by table. */
  readonly conditions: ReadonlyMap<string, string>
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Fewest rows of one range of a table; default 100,000. */
  readonly leastRows?: number | undefined
}

/** One part of a table; a table that is not cut has one. */
interface Part {
  readonly table: SourceTable
  /** Null for a table that is left empty. */
  readonly plan: TablePlan | null
  /** Finished parts of the same table, by their position. */
  readonly copied: CopiedPart[]
  readonly at: number
  readonly of: number
  readonly where: string | undefined
}

/**
 * Copies the tables that are not finished into the incoming folder, masked: the largest first, large ones in ranges of
 * their primary key. The bytes do not depend on the number of jobs.
 * @throws Unmaskable with table, column and row; capture-failed
 */
export async function copyTables(
  sessions: SourceSessions,
  source: Source,
  shared: MaskShared,
  incoming: Incoming,
  { jobs, conditions, progress, signal, leastRows }: CopyTablesOptions,
): Promise<void> {
  // The ranges are joined in the order of the key, so a table cut in two gives the same file as one read whole.
  const waiting = source.tables.filter((table) => !incoming.find(toDataFile(table.namespace, table.name)))
  const kept = source.tables.length - waiting.length
  if (kept > 0) progress.step(`${kept} tables are finished from before`)
  // The largest first, so that the last reader at work is not left alone with it.
  const queue: Part[] = []
  for (const table of waiting.toSorted((a, b) => b.estimatedRows - a.estimatedRows))
    queue.push(...(await toParts(table)))
  const add = toThroughput(
    progress,
    source.tables.reduce((sum, table) => sum + table.estimatedRows, 0),
  )
  // Finished tables are recorded one after the other, whichever reader was first.
  let recorded: Promise<void> = Promise.resolve()
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  await atOnce(jobs, Array.from({ length: Math.min(jobs, queue.length) }), async () => {
    const client = await sessions.open()
    for (let part = queue.shift(); part; part = queue.shift()) {
      either.throwIfAborted()
      try {
        const finished = await copy(client, part)
        if (finished) recorded = recorded.then(() => incoming.add(finished))
        await recorded
      } catch (error) {
        stop.abort()
        throw error instanceof Unmaskable ? error : toCaptureError(error, source.name, toTableKey(part.table))
      }
    }
  })

  async function toParts(table: SourceTable): Promise<readonly Part[]> {
    const plan = toTablePlan(table, shared)
    const condition = conditions.get(toTableKey(table))
    const ranges =
      plan === null || jobs < 2 ? [] : await planRanges(sessions.first, table, 2 * jobs, leastRows)
    const copied: CopiedPart[] = []
    if (ranges.length === 0) return [{ table, plan, copied, at: 0, of: 1, where: condition }]
    return ranges.map((range, at) => {
      const where = condition === undefined ? range : `(${condition}) AND ${range}`
      return { table, plan, copied, at, of: ranges.length, where }
    })
  }

  /** Copies one part. Returns the finished table when this was the last of its parts. */
  async function copy(
    client: pg.Client,
    { table, plan, copied, at, of, where }: Part,
  ): Promise<FinishedTable | undefined> {
    if (!plan) return writeEmpty(table, incoming.folder)
    const path = join(incoming.folder, `${toDataFile(table.namespace, table.name)}.${at}.part`)
    copied[at] = await copyPart(client, source, plan, path, { add, signal: either }, where)
    if (Object.keys(copied).length < of) return undefined
    const finished = await joinParts(plan, incoming.folder, copied)
    return conditions.has(toTableKey(table)) ? addSourceRows(client, table, finished) : finished
  }
}

/** Records how many rows the whole table had at the captured moment, when only a part of them was chosen. */
async function addSourceRows(
  client: pg.Client,
  of: SourceTable,
  finished: FinishedTable,
): Promise<FinishedTable> {
  const only = of.partitioned ? '' : 'ONLY '
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${only}${quoteTable(of)}`)
  const sourceRows = Number(rows[0]?.count)
  if (sourceRows === finished.table.rows) return finished
  const { rows: chosen, ...before } = finished.table
  return { ...finished, table: { ...before, rows: chosen, sourceRows } }
}

async function writeEmpty(table: SourceTable, folder: string): Promise<FinishedTable> {
  const { namespace, name } = table
  const columns = table.columns.filter(({ generated }) => !generated).map((column) => column.name)
  const file = toDataFile(namespace, name)
  await writeFile(join(folder, file), '')
  return {
    table: { namespace, name, file, columns, rows: 0, sizeBytes: 0, sha256: toSha256('') },
    applied: [],
  }
}
