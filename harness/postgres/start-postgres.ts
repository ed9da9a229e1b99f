import path from 'node:path'
import type { PostgresChoice, Progress, RunningPostgres } from '../model/ports.ts'
import type { ProviderOptions } from './provider.ts'
import { providerOf, providers, withOtherWays } from './providers.ts'
import { startFirst } from './start-first.ts'
import { isUnavailable, missing } from './unavailable.ts'

/** How a run asks for a server. */
interface StartPostgresOptions {
  /** Folder of the project that may keep databases between runs. It is made when missing. */
  readonly cacheFolder: string
  /** Container image instead of `postgres:17-alpine`. It wins over PHASEPROOF_POSTGRES_IMAGE. */
  readonly image?: string
  readonly progress: Progress
  /** Environment that settings are read from; `process.env` when absent. */
  readonly env?: NodeJS.ProcessEnv
}

const patientMs = 5_000

/**
 * Starts a server on which only databases of ours can be touched, and says which one it is and why. `auto` takes the first provider
 * that answers within a second.
 * @throws postgres-unavailable; database-refused for a URL whose database was not made for us
 */
export async function startPostgres(
  choice: PostgresChoice,
  options: StartPostgresOptions,
): Promise<RunningPostgres> {
  const startedAt = performance.now()
  const cacheFolder = path.resolve(options.cacheFolder)
  const provided: ProviderOptions = { ...options, cacheFolder, env: options.env ?? process.env }
  const postgres = await start(choice, provided)
  options.progress.step(`${postgres.description}, ready in ${Math.round(performance.now() - startedAt)} ms`)
  return postgres
}

async function start(choice: PostgresChoice, options: ProviderOptions): Promise<RunningPostgres> {
  const asked = choice === 'auto' ? providers.filter(({ automatic }) => automatic) : [providerOf(choice)]
  try {
    if (choice === 'auto') return await startFirst(asked, options)
    return await startNamed(choice, options)
  } catch (error) {
    throw isUnavailable(error) ? withOtherWays(error, asked) : error
  }
}

async function startNamed(
  choice: Exclude<PostgresChoice, 'auto'>,
  options: ProviderOptions,
): Promise<RunningPostgres> {
  const provider = providerOf(choice)
  const { available, reason } = await provider.probe(options.env, patientMs)
  if (!available) throw missing(provider, reason)
  return provider.start(typeof choice === 'object' ? { ...options, url: choice.url } : options)
}

/** Starts a server, passes it to `use`, and stops it on every path. */
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
