import { randomBytes } from 'node:crypto'
import type { PostgresServer } from '../model/ports.ts'

/**
 * Runs `body` with an empty database of ours, which is dropped on every path. An abort drops it under the hands of `body`, whose
 * next query then fails. `what` stands in its comment.
 */
export async function withScratchDatabase<T>(
  server: PostgresServer,
  what: string,
  body: (url: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted()
  const name = `phaseproof_${randomBytes(8).toString('hex')}`
  await server.createDatabase(name, { mark: what })
  const drop = () => void server.dropDatabase(name).catch(() => {})
  signal?.addEventListener('abort', drop, { once: true })
  try {
    signal?.throwIfAborted()
    return await body(server.connectionString(name))
  } finally {
    signal?.removeEventListener('abort', drop)
    await server.dropDatabase(name)
  }
}
