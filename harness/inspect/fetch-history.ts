import type { ClientBase } from 'pg'
import type { HistoryRow } from '../model/history.ts'
import { query } from './query.ts'

/** Prisma's `_prisma_migrations`, oldest first; empty when the table is not there. */
export async function fetchHistory(client: ClientBase): Promise<HistoryRow[]> {
  const { rows } = await client.query<{ present: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS present`,
  )
  if (!rows[0]?.present) return []
  const history = await query<Record<'startedAt' | 'finishedAt' | 'rolledBackAt', Date | null> & HistoryRow>(
    client,
    'history',
  )
  return history.map((row) => ({
    ...row,
    startedAt: toIso(row.startedAt) ?? '',
    finishedAt: toIso(row.finishedAt),
    rolledBackAt: toIso(row.rolledBackAt),
  }))
}

function toIso(date: Date | string | null): string | null {
  return date === null ? null : new Date(date).toISOString()
}
