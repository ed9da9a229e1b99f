import type { HistoryRow } from '../../model/history.ts'
import type { HistoryClient } from '../../model/tool.ts'
import type { NameOrder } from './name-order.ts'

/** The table in which Prisma records what it applied. */
export const HISTORY_TABLE = '_prisma_migrations'

const PRESENT = `SELECT to_regclass('"${HISTORY_TABLE}"') IS NOT NULL AS present`
const ROWS = `SELECT migration_name AS "name", checksum, started_at AS "startedAt", finished_at AS "finishedAt",
    rolled_back_at AS "rolledBackAt", applied_steps_count AS "appliedSteps", logs,
    rank() OVER (ORDER BY started_at, finished_at NULLS LAST)::int AS "rank"
  FROM "${HISTORY_TABLE}"`

type Row = Omit<HistoryRow, Time> & Record<Time, Date | string | null> & { readonly rank: number }
type Time = 'startedAt' | 'finishedAt' | 'rolledBackAt'

/** Rows of the history, oldest first; empty when the table is not there. `order` tells apart what began in one millisecond. */
export async function fetchHistory(client: HistoryClient, order: NameOrder): Promise<HistoryRow[]> {
  const { rows } = await client.query<{ present: boolean }>(PRESENT)
  if (!rows[0]?.present) return []
  const history = (await client.query<Row>(ROWS)).rows
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

function toIso(date: Date | string | null): string | null {
  return date === null ? null : new Date(date).toISOString()
}
