import type { TestProject } from 'vitest/node'
import type { PostgresChoice, PostgresServer, Progress, ServerAddress } from '../model/ports.ts'
import { openDatabases } from '../postgres/databases.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import './provided.ts'

/** A server that the set-ups of one Vitest share. */
export interface SharedPostgres {
  readonly server: PostgresServer & { readonly address: ServerAddress }
  /** Lets go of it; the set-up that started it stops it. */
  release(): Promise<void>
}

/**
 * One server for all set-ups of a Vitest: started by the first that asks, whose address the others find among what is provided. It
 * is stopped with Vitest on every path, also when the set-up is interrupted before it ends.
 * @throws postgres-unavailable, database-refused
 */
export async function sharePostgres(
  { vitest }: TestProject,
  choice: PostgresChoice,
  options: { readonly cacheFolder: string; readonly progress: Progress },
): Promise<SharedPostgres> {
  const root = vitest.getRootProject()
  const { postgresAddress } = root.getProvidedContext()
  if (postgresAddress !== undefined) {
    const server = await openDatabases(postgresAddress)
    return { server, release: () => server.close() }
  }
  const starting = startPostgres(choice, options)
  const stop = async () =>
    (await starting).stop({ keepRunning: root.getProvidedContext().keepServerRunning ?? false })
  vitest.onClose(() => stop().catch(() => {}))
  const server = await starting
  root.provide('postgresAddress', server.address)
  return { server, release: stop }
}
