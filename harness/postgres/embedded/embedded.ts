import { toMessage } from '../../ground/to-message.ts'
import { HarnessError } from '../../model/error.ts'
import type { RunningPostgres } from '../../model/ports.ts'
import { openDatabases } from '../databases.ts'
import type { ProviderOptions } from '../provider.ts'
import { unavailable } from '../unavailable.ts'
import { readServerAccount } from './embedded-account.ts'
import { ensureBaseFolder } from './embedded-base.ts'
import { ensureRunnable, readBinaries } from './embedded-binaries.ts'
import { startKept } from './embedded-kept.ts'
import type { EmbeddedPlace, StartedCluster } from './embedded-place.ts'
import { startThrowaway, sweepThrowaways } from './embedded-throwaway.ts'

/**
 * Starts the installed Postgres. Its cluster, databases included, stays in the cache folder for the next run. A
 * second run at the same time gets a cluster of its own. A supervisor and a server process end with this one.
 * @throws postgres-unavailable
 */
export async function startEmbedded(options: ProviderOptions): Promise<RunningPostgres> {
  try {
    const place = preparePlace(options)
    return await openCluster(await startCluster(place), describe(place, options))
  } catch (error) {
    if (error instanceof HarnessError) throw error
    throw unavailable(
      'embedded',
      'start the embedded Postgres',
      toMessage(error),
      `Look for a full disk, or files in ${options.cacheFolder} that another account made: it can be removed.`,
      { cause: error },
    )
  }
}

function preparePlace(options: ProviderOptions): EmbeddedPlace {
  const { cacheFolder, progress } = options
  const account = readServerAccount()
  const found = readBinaries()
  const base = ensureBaseFolder(cacheFolder, account)
  if (base !== cacheFolder) {
    progress.step(`${account?.name} cannot enter ${cacheFolder}, so the server's files are in ${base}`)
  }
  const binaries = ensureRunnable(found, account, base)
  if (binaries.native !== found.native) {
    progress.step(`the server's programs cannot be used where they are installed: copied to ${base}`)
  }
  return { base, binaries, account, progress }
}

async function startCluster(place: EmbeddedPlace): Promise<StartedCluster> {
  sweepThrowaways(place)
  const kept = await startKept(place)
  if (kept !== undefined) return kept
  place.progress.step('another run uses the cached databases, so this run has a server of its own')
  return startThrowaway(place)
}

async function openCluster(started: StartedCluster, description: string): Promise<RunningPostgres> {
  const { persistent, server } = started
  try {
    const { url, memory } = server
    const address = {
      provider: 'embedded',
      description,
      persistent,
      url,
      owner: '',
      ...(memory && { memory }),
    } as const
    const { close, ...databases } = await openDatabases(address)
    let stopped: Promise<void> | undefined
    const stop = async () => {
      await close()
      await started.end()
    }
    return { ...databases, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await started.end()
    throw error
  }
}

function describe({ binaries }: EmbeddedPlace, { reason }: ProviderOptions): string {
  return `embedded Postgres ${binaries.version}${reason === undefined ? '' : ` (${reason})`}`
}
