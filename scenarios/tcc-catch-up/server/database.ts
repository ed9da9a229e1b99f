import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PrismaClient } from '../../../generated/tcc-client/client.ts'
import { type ClientPlace, ensureClient } from './generate-client.ts'
import type { Log } from './log.ts'

type GeneratedClient = typeof import('../../../generated/tcc-client/client.ts')

/** Most connections, and the longest wait for one and for a statement, so that no request hangs with the database. */
const pool = { max: 5, connectionTimeoutMillis: 5_000, query_timeout: 15_000 }

/**
 * Opens Prisma Client with its own pool on this database. It connects with the first query, so a server can start and
 * report itself unhealthy while its database is away. `$disconnect` ends the pool.
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
