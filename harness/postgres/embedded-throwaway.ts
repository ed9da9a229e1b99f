import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { buildCluster } from './embedded-cluster.ts'
import { type ProcessIdentity, readLiveness, readOwnIdentity } from './process-identity.ts'

const prefix = 'run-'
const forgottenMs = 24 * 60 * 60 * 1000

/** Makes a cluster of our own for this run only, and returns its folder. */
export async function buildThrowawayCluster(
  base: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<string> {
  const folder = path.join(base, `${prefix}${randomBytes(8).toString('hex')}`)
  // The owner stands beside the folder before the folder exists, so that no kill leaves a folder nobody answers for.
  writeFileSync(`${folder}.owner`, JSON.stringify(readOwnIdentity()))
  await buildCluster(folder, binaries, account)
  return folder
}

/** Removes what is left of a throw-away cluster after its server has ended. */
export function removeThrowawayCluster(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  rmSync(`${folder}.owner`, { force: true })
}

/** Removes the throw-away clusters of runs that were killed before their supervisor could. */
export function sweepThrowawayClusters(base: string): void {
  for (const name of readdirSync(base)) {
    if (!name.startsWith(prefix) || !name.endsWith('.owner')) continue
    const ownerFile = path.join(base, name)
    const folder = ownerFile.slice(0, -'.owner'.length)
    if (isAbandoned(ownerFile) && !existsSync(path.join(folder, 'data', 'postmaster.pid'))) {
      removeThrowawayCluster(folder)
    }
  }
}

function isAbandoned(ownerFile: string): boolean {
  try {
    const liveness = readLiveness(JSON.parse(readFileSync(ownerFile, 'utf8')) as ProcessIdentity)
    if (liveness !== 'elsewhere') return liveness === 'gone'
    return Date.now() - statSync(ownerFile).mtimeMs > forgottenMs
  } catch {
    return false
  }
}
