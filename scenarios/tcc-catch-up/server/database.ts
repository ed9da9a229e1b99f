import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PrismaClient } from '../../../generated/tcc-client/client.ts'
import { type ClientPlace, ensureClient } from './generate-client.ts'
import type { Log } from './log.ts'

type GeneratedClient = typeof import('../../../generated/tcc-client/client.ts')

/** Connections, and the longest wait for one and for a statement, so that no request hangs with the database. */
const pool = { max: 5, connectionTimeoutMillis: 5_000, query_timeout: 15_000 }

/**
 * Prisma Client with a pool of its own on this database. Connects with the first query only, so that a server can start,
 * and say that it is unhealthy, while its database is away. `$disconnect` ends the pool.
 */
export async function openDatabase(
  databaseUrl: string,
  log: Log,
  client: ClientPlace,
): Promise<PrismaClient> {
  await ensureClient(client)
  const file = pathToFileURL(join(client.link, 'client.ts')).href
  const { PrismaClient } = (await import(/* @vite-ignore */ file)) as GeneratedClient
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, ...pool },
    { onPoolError: () => log({ level: 'warn', event: 'idle-connection-lost' }) },
  )
  return new PrismaClient({ adapter, errorFormat: 'minimal' })
}
