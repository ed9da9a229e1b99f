import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HarnessError } from '../model/error.ts'
import type { Progress, RunningPostgres } from '../model/ports.ts'
import { acquireLock, type HeldLock } from './cluster-lock.ts'
import { openDatabases } from './databases.ts'
import { type Account, readServerAccount } from './embedded-account.ts'
import { ensureBaseFolder } from './embedded-base.ts'
import { type Binaries, ensureRunnable, readBinaries } from './embedded-binaries.ts'
import {
  buildClusterInPlace,
  discardCluster,
  takeCleanMark,
  toClusterName,
  toClusterPaths,
  writeCleanMark,
} from './embedded-cluster.ts'
import { type ReadyServer, startReadyServer } from './embedded-server.ts'
import {
  buildThrowawayCluster,
  removeThrowawayCluster,
  sweepThrowawayClusters,
} from './embedded-throwaway.ts'
import { readProcessName, readProcessStart } from './process-identity.ts'
import type { ProviderOptions } from './provider.ts'

const stopTimeoutMs = 30_000
const previousServerTimeoutMs = 10_000

/**
 * Starts the Postgres that is installed with the harness' dependencies. Its cluster, databases included, stays in the
 * cache folder for the next run; while another run uses that one, this run gets a cluster of its own that goes with it.
 * Effects: a supervisor and a server process; both end with this process, whatever way it ends.
 * @throws postgres-unavailable
 */
export async function startEmbedded(options: ProviderOptions): Promise<RunningPostgres> {
  const account = readServerAccount()
  const found = readBinaries()
  const base = ensureBaseFolder(options.cacheFolder, account)
  if (base !== options.cacheFolder) {
    options.progress.step(
      `${account?.name} cannot enter ${options.cacheFolder}, so the server's files are in ${base}`,
    )
  }
  const binaries = ensureRunnable(found, account, base)
  if (binaries.native !== found.native) {
    options.progress.step(`the server's programs cannot be used where they are installed: copied to ${base}`)
  }
  const place: Place = { base, binaries, account, progress: options.progress }
  const description = `embedded Postgres ${binaries.version}${options.reason ? ` (${options.reason})` : ''}`
  sweepThrowawayClusters(base)

  const kept = await startKept(place)
  const started = kept ?? (await startThrowaway(place))
  try {
    const { persistent, server } = started
    const databases = await openDatabases({
      ...{ provider: 'embedded', description, persistent, owner: '' },
      url: server.url,
    })
    let stopped: Promise<void> | undefined
    const stop = async () => {
      await databases.close()
      await started.end()
    }
    return { ...databases, stop: () => (stopped ??= stop()) }
  } catch (error) {
    await started.end()
    throw error
  }
}

interface Place {
  readonly base: string
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly progress: Progress
}

interface Started {
  readonly server: ReadyServer
  readonly persistent: boolean
  /** Stops the server and leaves its files as they should be. */
  end(): Promise<void>
}

/** The cached cluster; undefined while another run has it. */
async function startKept(place: Place): Promise<Started | undefined> {
  const folder = path.join(place.base, toClusterName(place.binaries, place.account))
  const lock = acquireLock(`${folder}.lock`)
  if (lock === undefined) return undefined
  try {
    if (await previousServerStays(folder)) {
      lock.release()
      return undefined
    }
    removeUnfinished(folder)
    const server = await startTrusted(folder, place)
    return { server, persistent: true, end: () => endKept(folder, server, lock) }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function endKept(folder: string, server: ReadyServer, lock: HeldLock): Promise<void> {
  try {
    if (await server.supervised.stop(stopTimeoutMs)) writeCleanMark(folder)
  } catch {
    // Without its mark the cluster is rebuilt by the next run, which is all that is lost.
  } finally {
    lock.release()
  }
}

/** Starts on the cached cluster if it can be trusted, else on a new one in its place. */
async function startTrusted(folder: string, place: Place): Promise<ReadyServer> {
  const { binaries, account, progress } = place
  const start = () => startReadyServer(toClusterPaths(folder), binaries, account, false)
  if (existsSync(folder)) {
    let distrust = takeCleanMark(folder)
    if (distrust === undefined) {
      try {
        return await start()
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error
        distrust = 'the server did not start on it'
      }
    }
    progress.step(`cached databases discarded: ${distrust}`)
    discardCluster(folder)
  }
  await buildClusterInPlace(folder, binaries, account)
  return start()
}

async function startThrowaway(place: Place): Promise<Started> {
  const { base, binaries, account, progress } = place
  progress.step('another run uses the cached databases, so this run has a server of its own')
  const folder = await buildThrowawayCluster(base, binaries, account)
  try {
    const server = await startReadyServer(toClusterPaths(folder), binaries, account, true)
    const end = async () => {
      await server.supervised.stop(stopTimeoutMs)
      removeThrowawayCluster(folder)
    }
    return { server, persistent: false, end }
  } catch (error) {
    removeThrowawayCluster(folder)
    throw error
  }
}

/**
 * Does the server of a killed run still run on the cluster? Its supervisor is stopping it, which takes a moment; one that
 * stays has lost its supervisor, and its files are not ours to touch.
 */
async function previousServerStays(folder: string): Promise<boolean> {
  const file = path.join(toClusterPaths(folder).data, 'postmaster.pid')
  const deadline = performance.now() + previousServerTimeoutMs
  while (existsSync(file)) {
    const pid = Number(readFirstLine(file))
    if (readProcessStart(pid) === undefined || !readProcessName(pid)?.includes('postgres')) return false
    if (performance.now() > deadline) return true
    await sleep(20)
  }
  return false
}

function readFirstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[0] ?? ''
  } catch {
    return ''
  }
}

// Whoever holds the lock is the only one who builds or discards here, so anything half-way is of a killed run.
function removeUnfinished(folder: string): void {
  const name = path.basename(folder)
  for (const entry of readdirSync(path.dirname(folder))) {
    if (!entry.startsWith(`${name}.building-`) && !entry.startsWith(`${name}.discarded-`)) continue
    rmSync(path.join(path.dirname(folder), entry), {
      recursive: true,
      force: true,
      maxRetries: 5,
      retryDelay: 100,
    })
  }
}
