import { PrismaPg } from '@prisma/adapter-pg'
import type { PrismaClient } from '../../../generated/tcc-client/client.ts'
import { ensureClient } from './generate-client.ts'
import type { Log } from './log.ts'

/** Connections, and the longest wait for one and for a statement, so that no request hangs with the database. */
const pool = { max: 5, connectionTimeoutMillis: 5_000, query_timeout: 15_000 }

/**
 * Prisma Client with a pool of its own on this database. Connects with the first query only, so that a server can start,
 * and say that it is unhealthy, while its database is away. `$disconnect` ends the pool.
 */
export async function openDatabase(databaseUrl: string, log: Log): Promise<PrismaClient> {
  await ensureClient()
  const { PrismaClient } = await import('../../../generated/tcc-client/client.ts')
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, ...pool },
    { onPoolError: () => log({ level: 'warn', event: 'idle-connection-lost' }) },
  )
  return new PrismaClient({ adapter, errorFormat: 'minimal' })
}
