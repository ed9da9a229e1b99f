import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeOwned } from '../../ground/owned-folder.ts'
import { HarnessError } from '../../model/error.ts'
import { isServerRunning } from '../running-server.ts'
import { acquireLock, type HeldLock } from './cluster-lock.ts'
import {
  buildClusterInPlace,
  discardCluster,
  takeCleanMark,
  toClusterName,
  toClusterPaths,
  writeCleanMark,
} from './embedded-cluster.ts'
import { dropTablespace } from './embedded-memory.ts'
import type { EmbeddedPlace, StartedCluster } from './embedded-place.ts'
import { type ReadyServer, startReadyServer } from './embedded-server.ts'
import { stopTimeoutMs } from './embedded-supervisor.ts'

const previousServerTimeoutMs = 10_000

/**
 * Starts on the cached cluster, or on a new one in its place when it cannot be trusted; undefined while another run
 * uses it.
 * @throws postgres-unavailable
 */
export async function startKept(place: EmbeddedPlace): Promise<StartedCluster | undefined> {
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
    // Its files go with this run, so a cluster that still names them is not in order.
    const isTidy =
      server.memory === undefined ||
      (await dropTablespace(server.url).then(
        () => true,
        () => false,
      ))
    if ((await server.supervised.stop(stopTimeoutMs)) && isTidy) writeCleanMark(folder)
  } catch {
    // Without its mark the cluster is rebuilt by the next run, which is all that is lost.
  } finally {
    if (server.memory !== undefined) removeOwned(server.memory.folder)
    lock.release()
  }
}

/** Starts on the cached cluster if it can be trusted, else on a new one in its place. */
async function startTrusted(folder: string, place: EmbeddedPlace): Promise<ReadyServer> {
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

/**
 * Tells whether the server of a killed run still runs on the cluster. Its supervisor stops it within a moment. A
 * server that stays has lost its supervisor, so its files are not ours to touch.
 */
async function previousServerStays(folder: string): Promise<boolean> {
  const deadline = performance.now() + previousServerTimeoutMs
  while (isServerRunning(toClusterPaths(folder).data)) {
    if (performance.now() > deadline) return true
    await sleep(20)
  }
  return false
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
