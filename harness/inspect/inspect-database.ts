import type { Checkpoint } from '../model/checkpoint.ts'
import type { MigrationHistory } from '../model/tool.ts'
import { fetchRowCounts } from './fetch-row-counts.ts'
import { fetchSchema } from './fetch-schema.ts'
import { withDatabase } from './with-database.ts'

/** What is read must not depend on settings of the database, which a phase may change. */
const SESSION = `SET DateStyle = 'ISO, MDY'; SET IntervalStyle = postgres; SET TimeZone = 'UTC'; SET standard_conforming_strings = on`

/** What an inspection reads of a database: a checkpoint without its identity and without what compares it with another. */
export type DatabaseState = Omit<Checkpoint, 'key' | 'database' | 'content'>

/**
 * Reads structure, history and exact row counts over its own connection. It reads every row once.
 * @throws postgres-lost when the database cannot be reached or read
 */
export function inspectDatabase(connectionString: string, tool: MigrationHistory): Promise<DatabaseState> {
  return withDatabase(connectionString, async (client) => {
    await client.query(SESSION)
    const schema = await fetchSchema(client, tool.historyTable)
    const history = await tool.fetchHistory(client)
    const otherHistories = await tool.fetchOtherHistories(client)
    return {
      schema,
      history,
      ...(otherHistories.length > 0 && { otherHistories }),
      rowCounts: await fetchRowCounts(client, schema),
    }
  })
}
