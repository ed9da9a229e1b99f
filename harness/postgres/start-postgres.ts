import path from 'node:path'
import { HarnessError } from '../model/error.ts'
import type { PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import { chooseProvider } from './choose-provider.ts'
import { startContainer } from './container/container.ts'
import { startEmbedded } from './embedded/embedded.ts'
import { startExternal } from './external/external.ts'
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

/** A new provider is one file and one line here; the shared tests in `postgres-server.contract.ts` run on it. */
const providers = {
  testcontainers: startContainer,
  embedded: startEmbedded,
} satisfies Record<string, StartProvider>

/**
 * Gets a running server on which only databases of ours can be touched, and reports which one it is and why.
 * @throws postgres-unavailable when the choice cannot be had
 * @throws database-refused when a URL names a database that was not made for us
 */
export async function startPostgres(
  choice: PostgresChoice,
  options: StartPostgresOptions,
): Promise<RunningPostgres> {
  const startedAt = performance.now()
  const cacheFolder = path.resolve(options.cacheFolder)
  const provided: ProviderOptions = { ...options, cacheFolder, env: options.env ?? process.env }
  const postgres = await startChosen(choice, provided)
  options.progress.step(`${postgres.description}, ready in ${Math.round(performance.now() - startedAt)} ms`)
  return postgres
}

async function startChosen(choice: PostgresChoice, options: ProviderOptions): Promise<RunningPostgres> {
  if (typeof choice === 'object') return startExternal(choice.url, options)
  const { provider, reason } = await chooseProvider(choice, options.env)
  const reasoned = reason === undefined ? options : { ...options, reason }
  if (choice !== 'auto' || provider === 'embedded') return providers[provider](reasoned)
  try {
    return await startContainer(reasoned)
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'postgres-unavailable') throw error
    // Nobody asked for a container by name, so one that cannot be had is a reason, not a failure.
    options.progress.step(error.message)
    return startEmbedded({ ...options, reason: 'a Docker engine answered, but the container did not start' })
  }
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
