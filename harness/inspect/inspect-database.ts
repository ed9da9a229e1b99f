import pg from 'pg'
import type { Checkpoint } from '../model/checkpoint.ts'
import { HarnessError } from '../model/error.ts'
import { fetchHistory } from './fetch-history.ts'
import { fetchRowCounts } from './fetch-row-counts.ts'
import { fetchSchema } from './fetch-schema.ts'

/** What inspection reads of a database: all of a checkpoint but its identity. */
export type DatabaseState = Omit<Checkpoint, 'key' | 'database'>

/**
 * Reads structure, history and exact row counts over a connection of its own. Reads every row once.
 * @throws postgres-lost when the database cannot be reached or read
 */
export function inspectDatabase(connectionString: string): Promise<DatabaseState> {
  return withClient(connectionString, async (client) => {
    const schema = await fetchSchema(client)
    return { schema, history: await fetchHistory(client), rowCounts: await fetchRowCounts(client, schema) }
  })
}

/**
 * Runs `use` with a connected client, which is closed on every path.
 * @throws postgres-lost when no connection can be made or it breaks
 */
export async function withClient<T>(
  connectionString: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString,
    application_name: 'phaseproof inspect',
    connectionTimeoutMillis: 15_000,
  })
  // Without a listener a connection that breaks between two queries ends the whole process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await use(client)
  } catch (error) {
    // A statement that Postgres refuses is a fault of ours or the business of the caller; only a lost server is told here.
    if (error instanceof HarnessError || (error instanceof pg.DatabaseError && !isLost(error))) throw error
    const cause = error instanceof Error ? error.message : String(error)
    const database = new URL(connectionString).pathname.slice(1)
    throw new HarnessError(
      'postgres-lost',
      `Reading database ${database}: ${cause}`,
      'Look at the server log named above, then run again with --fresh.',
      { provider: 'postgres', cause },
      { cause: error },
    )
  } finally {
    await client.end().catch(() => {})
  }
}

/** Classes 08 (connection exception) and 57P (operator intervention) of the SQLSTATEs. */
function isLost({ code = '' }: pg.DatabaseError): boolean {
  return code.startsWith('08') || code.startsWith('57P')
}
