import type pg from 'pg'
import { isConnectionLost } from '../ground/connection-lost.ts'
import { redact } from '../ground/redact.ts'
import { toSystemFailure } from '../ground/system-failure.ts'
import { toMessage } from '../ground/to-message.ts'
import { withClient } from '../ground/with-client.ts'
import { HarnessError } from '../model/error.ts'

/**
 * Runs `use` with a connection to a database that is to be read. A statement that Postgres refuses passes unchanged.
 * @throws postgres-lost when no connection can be made or it breaks; system-failed when the server lacks something
 */
export async function withDatabase<T>(
  connectionString: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  try {
    return await withClient(connectionString, use, { applicationName: 'phaseproof inspect' })
  } catch (error) {
    const failure = toSystemFailure(error)
    if (failure) throw failure
    if (!isConnectionLost(error)) throw error
    const cause = redact(toMessage(error))
    const database = new URL(connectionString).pathname.slice(1)
    throw new HarnessError(
      'postgres-lost',
      `Reading database ${database}: ${cause}`,
      'Look at the server log named above, then run again with --fresh.',
      { provider: 'postgres', cause },
      { cause: error },
    )
  }
}
