import { isConnectionLost } from '../ground/connection-lost.ts'
import { redact } from '../ground/redact.ts'
import { toSystemFailure } from '../ground/system-failure.ts'
import { toMessage } from '../ground/to-message.ts'
import { HarnessError } from '../model/error.ts'
import type { PostgresServer } from '../model/ports.ts'

/**
 * Runs work on a server and turns a lost connection into the harness' own error. An answer of Postgres passes
 * unchanged.
 * @throws postgres-lost; system-failed when the server lacks space, memory or connections
 */
export async function askServer<T>(
  provider: PostgresServer['provider'],
  attempted: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = toSystemFailure(error)
    if (failure) throw failure
    if (!isConnectionLost(error)) throw error
    const cause = redact(toMessage(error))
    throw new HarnessError(
      'postgres-lost',
      `Postgres (${provider}) stopped answering while trying to ${attempted}: ${cause}.`,
      'Run the command again. If it happens again, look for a full disk or too little memory.',
      { provider, cause },
      { cause: error },
    )
  }
}
