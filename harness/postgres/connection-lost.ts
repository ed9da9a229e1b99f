import { redact } from '../ground/redact.ts'
import { HarnessError } from '../model/error.ts'
import type { PostgresServer } from '../model/ports.ts'

const lostSocket = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])
// admin_shutdown, crash_shutdown, cannot_connect_now, and the class of connection exceptions
const lostState = /^(57P0[123]|08...)$/
const lostMessage =
  /connection terminated|timeout expired|client has encountered a connection error|cannot use a pool after/i

/** Does this error say that the server is gone, rather than that it answered no? */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost)
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string' && (lostSocket.has(code) || lostState.test(code))) return true
  return lostMessage.test(error.message)
}

/**
 * Does work on a server, and turns a lost connection into the harness' own error. An answer of Postgres passes unchanged.
 * @throws postgres-lost
 */
export async function askServer<T>(
  provider: PostgresServer['provider'],
  attempted: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isConnectionLost(error)) throw error
    const cause = redact(error instanceof Error ? error.message || String(error) : String(error))
    throw new HarnessError(
      'postgres-lost',
      `Postgres (${provider}) stopped answering while trying to ${attempted}: ${cause}.`,
      'Run the command again. If it happens again, look for a full disk or too little memory.',
      { provider, cause },
      { cause: error },
    )
  }
}
