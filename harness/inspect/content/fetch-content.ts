import type { ClientBase } from 'pg'
import { atOnce } from '../../ground/at-once.ts'
import { quoteTable } from '../../ground/quote.ts'
import type { ColumnIdentity, TableContent, TableIdentity } from '../../model/content.ts'
import { query } from '../query.ts'
import { withDatabase } from '../with-database.ts'
import { EXACT_SESSION, toHashSql, toValueSql } from './column-text.ts'
import { matchTables, type TablePair } from './match-tables.ts'

/** A table as it is now, with what its rows come to over the columns that the state before had. */
export interface ComparedTable extends TableContent {
  /** Digest over the columns of the state before, in their order there; null where one of them is gone or the table is new. */
  readonly sharedDigest: string | null
}

interface FoundTable extends TableIdentity {
  readonly isPartition: boolean
  readonly sizeBytes: number
}

interface DigestRow {
  oid: string
  rows: string
  digest: string
  shared: string | null
}

/** Tables that are digested in one query on one connection, in bytes and number. */
const BATCH_BYTES = 64 * 2 ** 20
const BATCH_TABLES = 100
/** Arguments that Postgres takes in one call. */
const MOST_ARGUMENTS = 100
/** Connections that digest at once. */
const CONNECTIONS = 4

/**
 * Reads what each table holds: every row once, in one pass, large databases over several connections.
 * @param before tables of the state before, whose columns are digested as well; null where there is none
 */
export async function fetchContent(
  connectionString: string,
  historyTable: string,
  before: readonly TableContent[] | null,
): Promise<readonly ComparedTable[]> {
  return withDatabase(connectionString, async (client) => {
    await client.query(EXACT_SESSION)
    const found = await query<FoundTable>(client, 'content-tables')
    const known = new Set(before?.map(({ oid }) => oid))
    // A partition is part of its root. One that was a table of its own before is held against what it was.
    const tables = found.filter(
      ({ name, isPartition, oid }) => name !== historyTable && (!isPartition || known.has(oid)),
    )
    const pairs = new Map(matchTables(before ?? [], tables).map((pair) => [pair.is?.oid, pair]))
    const digests = new Map<string, DigestRow>()
    const read = async (on: ClientBase, batch: readonly FoundTable[]) => {
      const selects = batch.map((table) => toSelect(table, pairs.get(table.oid)))
      const { rows } = await on.query<DigestRow>(selects.join('\nUNION ALL\n'))
      for (const row of rows) digests.set(row.oid, row)
    }
    const [first, ...others] = toBatches(tables)
    if (first && others.length === 0) await read(client, first)
    else if (first) {
      await atOnce(CONNECTIONS, [first, ...others], (batch) =>
        withDatabase(connectionString, async (other) => {
          await other.query(EXACT_SESSION)
          await read(other, batch)
        }),
      )
    }
    return tables.map(({ oid, namespace, name, columns, parts, key, isPartitioned }) => {
      const { rows = '0', digest = '0', shared = null } = digests.get(oid) ?? {}
      const identity = { oid, namespace, name, columns, parts, key, isPartitioned }
      return { ...identity, rows: Number(rows), digest, sharedDigest: shared }
    })
  })
}

function toBatches(tables: readonly FoundTable[]): readonly (readonly FoundTable[])[] {
  const batches: FoundTable[][] = []
  let sizeBytes = 0
  // The largest first, so that no connection is left with them at the end.
  for (const table of tables.toSorted((a, b) => b.sizeBytes - a.sizeBytes)) {
    const last = batches.at(-1)
    if (last && last.length < BATCH_TABLES && sizeBytes + table.sizeBytes <= BATCH_BYTES) last.push(table)
    else {
      batches.push([table])
      sizeBytes = 0
    }
    sizeBytes += table.sizeBytes
  }
  return batches
}

function toSelect(table: FoundTable, pair: TablePair | undefined): string {
  const own = toDigest(table.columns)
  const columns = pair?.columns.flatMap(({ is }) => (is ? [is] : []))
  const isShared = columns !== undefined && columns.length === pair?.was.columns.length
  const shared = isShared ? toDigest(columns) : 'NULL'
  return `SELECT '${table.oid}' AS "oid", count(*) AS "rows", ${own} AS "digest", ${shared} AS "shared" FROM ${toFrom(table)}`
}

function toDigest(columns: readonly ColumnIdentity[]): string {
  const texts: string[] = []
  // A row's own text takes twice as long: it is quoted. What ends a value here stands in hardly any, and tells NULL from no letters.
  for (let at = 0; at < columns.length; at += MOST_ARGUMENTS / 2) {
    const values = columns.slice(at, at + MOST_ARGUMENTS / 2).map(toValueSql)
    const parts = values.map(
      (value) => String.raw`${value}, CASE WHEN ${value} IS NULL THEN E'\x1e' ELSE E'\x1f' END`,
    )
    texts.push(`concat(${parts.join(', ')})`)
  }
  return `coalesce(sum(${toHashSql(texts.join(' || ') || "''")}), 0)::text`
}

/** SQL of the rows that are a table's own. */
export function toFrom(table: TableIdentity): string {
  return `${table.isPartitioned ? '' : 'ONLY '}${quoteTable(table)}`
}
