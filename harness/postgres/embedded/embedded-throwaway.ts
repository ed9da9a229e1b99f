import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { claimFolder, removeOwned, sweepOwned } from '../../ground/owned-folder.ts'
import { isServerRunning } from '../running-server.ts'
import { handOver } from './embedded-account.ts'
import { buildCluster, toClusterPaths } from './embedded-cluster.ts'
import type { EmbeddedPlace, StartedCluster } from './embedded-place.ts'
import { startReadyServer } from './embedded-server.ts'
import { stopTimeoutMs } from './embedded-supervisor.ts'

/**
 * Starts on a new cluster for this run only.
 * @throws postgres-unavailable
 */
export async function startThrowaway(place: EmbeddedPlace): Promise<StartedCluster> {
  const { binaries, account } = place
  const folder = claimFolder(ensureThrowawayFolder(place))
  try {
    await buildCluster(folder, binaries, account)
    const server = await startReadyServer(toClusterPaths(folder), binaries, account, true)
    const end = async () => {
      await server.supervised.stop(stopTimeoutMs)
      removeOwned(folder)
      if (server.memory !== undefined) removeOwned(server.memory.folder)
    }
    return { server, persistent: false, end }
  } catch (error) {
    removeOwned(folder)
    throw error
  }
}

/** Removes the throw-away clusters of runs that were killed together with their supervisor. */
export function sweepThrowaways(place: EmbeddedPlace): void {
  const isIdle = (folder: string) => !isServerRunning(toClusterPaths(folder).data)
  sweepOwned(ensureThrowawayFolder(place), '', isIdle)
}

// The server's account must own the parent, too, or its supervisor could only empty the folder and not remove it.
function ensureThrowawayFolder({ base, account }: EmbeddedPlace): string {
  const parent = path.join(base, 'throwaway')
  mkdirSync(parent, { recursive: true })
  handOver(parent, account)
  return parent
}
