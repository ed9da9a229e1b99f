import type { PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import { startEmbedded } from './embedded.ts'
import type { ProviderOptions, StartProvider } from './provider.ts'

/** What a run hands in to get a server. */
export interface StartPostgresOptions {
  /** Folder of the project that may keep databases between runs; made when missing. */
  readonly cacheFolder: string
  /** Container image instead of `postgres:17-alpine`; wins over PHASEPROOF_POSTGRES_IMAGE. */
  readonly image?: string
  readonly progress: Progress
  /** Environment to read settings from; `process.env` when absent. */
  readonly env?: NodeJS.ProcessEnv
}

/** A new provider is one file and one line here; the shared tests of `postgres-server.contract.ts` run on it. */
const providers = {
  embedded: startEmbedded,
} satisfies Record<string, StartProvider>

/**
 * Gets a running server on which only databases of ours can be touched.
 * @throws postgres-unavailable when the choice cannot be had
 * @throws database-refused when a URL names a database that was not made for us
 */
export async function startPostgres(
  choice: PostgresChoice,
  options: StartPostgresOptions,
): Promise<RunningPostgres> {
  const provided: ProviderOptions = { ...options, env: options.env ?? process.env }
  return providers.embedded(provided)
}

/** Gets a server, hands it to `use`, and stops it on every path. */
export async function withPostgres<T>(
  choice: PostgresChoice,
  options: StartPostgresOptions,
  use: (postgres: RunningPostgres) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres(choice, options)
  try {
    return await use(postgres)
  } finally {
    await postgres.stop()
  }
}
