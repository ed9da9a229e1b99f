import { quoteTable } from '../../ground/quote.ts'
import type { HistoryRow } from '../../model/history.ts'
import type { HistoryClient } from '../../model/tool.ts'
import type { NameOrder } from './name-order.ts'

/** The table in which Prisma records what it applied. */
export const HISTORY_TABLE = '_prisma_migrations'

const PLACES = `SELECT n.nspname AS "namespace" FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = '${HISTORY_TABLE}' AND c.relkind IN ('r', 'p') ORDER BY 1`
const COLUMNS = `SELECT migration_name AS "name", checksum, started_at AS "startedAt", finished_at AS "finishedAt",
    rolled_back_at AS "rolledBackAt", applied_steps_count AS "appliedSteps", logs,
    rank() OVER (ORDER BY started_at, finished_at NULLS LAST)::int AS "rank"`

type Row = Omit<HistoryRow, Time> & Record<Time, Date | string | null> & { readonly rank: number }
type Time = 'startedAt' | 'finishedAt' | 'rolledBackAt'

/** Rows of the history in a namespace, oldest first; empty when the table is not there. `order` tells apart what began in one millisecond. */
export async function fetchHistory(
  client: HistoryClient,
  order: NameOrder,
  namespace = 'public',
): Promise<HistoryRow[]> {
  if (!(await fetchPlaces(client)).includes(namespace)) return []
  const history = (
    await client.query<Row>(`${COLUMNS} FROM ${quoteTable({ namespace, name: HISTORY_TABLE })}`)
  ).rows
  // Starts have milliseconds only, and ids are random.
  return history
    .sort((a, b) => a.rank - b.rank || order(a.name, b.name))
    .map(({ rank: _rank, ...row }) => ({
      ...row,
      startedAt: toIso(row.startedAt) ?? '',
      finishedAt: toIso(row.finishedAt),
      rolledBackAt: toIso(row.rolledBackAt),
    }))
}

/** Namespaces that hold a history besides this one. */
export async function fetchOtherHistories(
  client: HistoryClient,
  namespace = 'public',
): Promise<readonly string[]> {
  return (await fetchPlaces(client)).filter((place) => place !== namespace)
}

async function fetchPlaces(client: HistoryClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ namespace: string }>(PLACES)
  return rows.map(({ namespace }) => namespace)
}

function toIso(date: Date | string | null): string | null {
  return date === null ? null : new Date(date).toISOString()
}
