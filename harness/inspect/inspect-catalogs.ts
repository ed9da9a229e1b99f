import type { Checkpoint } from '../model/checkpoint.ts'
import type { MigrationHistory } from '../model/tool.ts'
import { fetchSchema } from './fetch-schema.ts'
import { withDatabase } from './with-database.ts'

/** What the catalogs and the history of somebody's database say. */
interface CatalogState extends Pick<Checkpoint, 'schema' | 'history' | 'otherHistories'> {
  /** Major version of its server. */
  readonly major: number
}

/**
 * Reads structure and history of a database that is not ours, in transactions that cannot write; of its tables only the history is read.
 * No statement takes longer than a minute.
 * @throws postgres-lost when the database cannot be reached or read
 */
export function inspectCatalogs(connectionString: string, tool: MigrationHistory): Promise<CatalogState> {
  return withDatabase(connectionString, async (client) => {
    await client.query(SESSION)
    const schema = await fetchSchema(client, tool.historyTable, 'catalogs')
    const history = await tool.fetchHistory(client)
    const otherHistories = await tool.fetchOtherHistories(client)
    const version = await client.query<{ number: string }>(
      `SELECT pg_catalog.current_setting('server_version_num') AS "number"`,
    )
    const major = Math.floor(Number(version.rows[0]?.number ?? 0) / 10_000)
    return { schema, history, ...(otherHistories.length > 0 && { otherHistories }), major }
  })
}

const SESSION = `SET default_transaction_read_only = on; SET statement_timeout = '60s'; SET lock_timeout = '5s';
  SET DateStyle = 'ISO, MDY'; SET IntervalStyle = postgres; SET TimeZone = 'UTC'; SET standard_conforming_strings = on`
