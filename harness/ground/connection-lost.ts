import { isConnectionTrouble } from './sqlstate.ts'

const lostSocket = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])
const lostMessage =
  /connection terminated|timeout expired|client has encountered a connection error|cannot use a pool after/i

/** Does an error say that the server is gone, rather than that it answered no? */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost)
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string' && (lostSocket.has(code) || isConnectionTrouble(code))) return true
  return lostMessage.test(error.message)
}
