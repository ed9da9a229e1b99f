import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type ProcessIdentity, readLiveness, readOwnIdentity } from '../../ground/process-identity.ts'
import { isServerRunning } from '../running-server.ts'
import { handOver } from './embedded-account.ts'
import { buildCluster, toClusterPaths } from './embedded-cluster.ts'
import type { EmbeddedPlace, StartedCluster } from './embedded-place.ts'
import { startReadyServer } from './embedded-server.ts'
import { stopTimeoutMs } from './embedded-supervisor.ts'

const ownerSuffix = '.owner'
const forgottenMs = 24 * 60 * 60 * 1000

/**
 * Starts on a new cluster for this run only.
 * @throws postgres-unavailable
 */
export async function startThrowaway(place: EmbeddedPlace): Promise<StartedCluster> {
  const { binaries, account } = place
  const folder = path.join(ensureThrowawayFolder(place), randomBytes(8).toString('hex'))
  // The owner stands beside the folder before the folder exists, so that no kill leaves a folder nobody answers for.
  writeFileSync(`${folder}${ownerSuffix}`, JSON.stringify(readOwnIdentity()))
  try {
    await buildCluster(folder, binaries, account)
    const server = await startReadyServer(toClusterPaths(folder), binaries, account, true)
    const end = async () => {
      await server.supervised.stop(stopTimeoutMs)
      removeThrowaway(folder)
    }
    return { server, persistent: false, end }
  } catch (error) {
    removeThrowaway(folder)
    throw error
  }
}

/** Removes the throw-away clusters of runs that were killed before their supervisor could. */
export function sweepThrowaways(place: EmbeddedPlace): void {
  const parent = ensureThrowawayFolder(place)
  for (const name of readdirSync(parent)) {
    if (!name.endsWith(ownerSuffix)) continue
    const folder = path.join(parent, name.slice(0, -ownerSuffix.length))
    if (isAbandoned(`${folder}${ownerSuffix}`) && !isServerRunning(toClusterPaths(folder).data)) {
      removeThrowaway(folder)
    }
  }
}

// The server's account must own the parent, too, or its supervisor could only empty the folder and not remove it.
function ensureThrowawayFolder({ base, account }: EmbeddedPlace): string {
  const parent = path.join(base, 'throwaway')
  mkdirSync(parent, { recursive: true })
  handOver(parent, account)
  return parent
}

function removeThrowaway(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    rmSync(`${folder}${ownerSuffix}`, { force: true })
  } catch {
    // What cannot be removed now is swept by the next run.
  }
}

function isAbandoned(ownerFile: string): boolean {
  try {
    const liveness = readLiveness(JSON.parse(readFileSync(ownerFile, 'utf8')) as ProcessIdentity)
    if (liveness !== 'elsewhere') return liveness === 'gone'
  } catch {
    // A file that cannot be read was never finished, or is being removed: its age decides.
  }
  const modified = statSync(ownerFile, { throwIfNoEntry: false })?.mtimeMs
  return modified !== undefined && Date.now() - modified > forgottenMs
}
