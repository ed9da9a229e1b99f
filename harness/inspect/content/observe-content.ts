import type { Content, TableChange, TableContent } from '../../model/content.ts'
import { withDatabase } from '../with-database.ts'
import { EXACT_SESSION } from './column-text.ts'
import { compareTable, type TwoClients } from './compare-table.ts'
import { type ComparedTable, fetchContent } from './fetch-content.ts'
import { matchTables, type TablePair } from './match-tables.ts'

/** The state before a change, to be held against. */
interface StateBefore {
  readonly tables: readonly TableContent[]
  /** Runs `use` with the connection string of a database in that state. It is called only where a digest differs. */
  readonly open: <T>(use: (connectionString: string) => Promise<T>) => Promise<T>
}

/**
 * Reads what the tables of a database hold and compares it with the state before: by digests, and row by row only where these differ.
 * @throws postgres-lost
 */
export async function observeContent(
  connectionString: string,
  historyTable: string,
  before: StateBefore | null,
): Promise<Content> {
  const now = await fetchContent(connectionString, historyTable, before?.tables ?? null)
  const tables = now.map(({ sharedDigest, ...table }) => table)
  if (before === null) return { tables, changes: [] }
  const pairs = matchTables(before.tables, now)
  const gone = pairs.flatMap(({ was, is }) => (is === null && was.rows > 0 ? [toDropped(was)] : []))
  const doubtful = pairs.filter(isDoubtful)
  if (doubtful.length === 0) return { tables, changes: gone }
  const changes = await before.open((url) =>
    withTwoClients(url, connectionString, async (clients) => {
      const found: TableChange[] = []
      for (const { was, is, columns } of doubtful) {
        const change = is && (await compareTable(clients, { was, is, columns }))
        if (change) found.push(change)
      }
      return found
    }),
  )
  return { tables, changes: [...gone, ...changes].sort((a, b) => (a.table < b.table ? -1 : 1)) }
}

/** Runs `use` with a connection to each state, in sessions that write equal values as equal texts. */
export function withTwoClients<T>(
  beforeUrl: string,
  afterUrl: string,
  use: (clients: TwoClients) => Promise<T>,
): Promise<T> {
  return withDatabase(beforeUrl, (before) =>
    withDatabase(afterUrl, async (after) => {
      await Promise.all([before.query(EXACT_SESSION), after.query(EXACT_SESSION)])
      return use({ before, after })
    }),
  )
}

function isDoubtful({ was, is, columns }: TablePair<ComparedTable>): boolean {
  if (is === null) return false
  const isMadeAnew = columns.some((column) => column.is !== null && !column.isSame)
  return isMadeAnew || was.rows !== is.rows || was.digest !== is.sharedDigest
}

function toDropped({ namespace, name, rows }: TableContent): TableChange {
  const none = { rows: 0, keys: [] }
  return {
    table: `${namespace}.${name}`,
    rows,
    key: [],
    lost: { rows, keys: [] },
    added: none,
    columns: [],
    isDropped: true,
  }
}
