import { quoteTable, quoteText } from '../../ground/quote.ts'
import type { HistoryClient } from '../../model/tool.ts'
import { HISTORY_TABLE } from './fetch-history.ts'

/** Records a migration that failed as applied, as `prisma migrate resolve --applied` does. Changes the history. */
export async function passOver(
  client: HistoryClient,
  migration: string,
  namespace = 'public',
): Promise<void> {
  await client.query(
    `UPDATE ${quoteTable({ namespace, name: HISTORY_TABLE })} SET finished_at = now(), logs = NULL
      WHERE migration_name = ${quoteText(migration)} AND finished_at IS NULL`,
  )
}
