import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProcessIdentity, readLiveness, readOwnIdentity } from './process-identity.ts'

/** What stands behind the name of a folder in the name of the file that tells its owner. */
export const ownerSuffix = '.owner'
const forgottenMs = 24 * 60 * 60 * 1000

/** Chooses the path of a new folder in `parent` and writes beside it that this process owns it. It does not make the folder. */
export function claimFolder(parent: string, prefix = ''): string {
  const folder = join(parent, `${prefix}${randomBytes(8).toString('hex')}`)
  // The owner stands beside the folder before the folder exists, so that no kill leaves a folder nobody answers for.
  writeFileSync(`${folder}${ownerSuffix}`, JSON.stringify(readOwnIdentity()), { flag: 'wx', mode: 0o600 })
  return folder
}

/** Removes an owned folder with the file that tells its owner. What cannot be removed now is left for a sweep. */
export function removeOwned(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    rmSync(`${folder}${ownerSuffix}`, { force: true })
  } catch {
    // The file stays too, so the next sweep finds the folder.
  }
}

/**
 * Removes the folders in `parent` whose owner is gone; of owners on other hosts, those of more than a day ago.
 * @param mayRemove asked about each of them
 */
export function sweepOwned(parent: string, prefix: string, mayRemove: (folder: string) => boolean): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || !name.endsWith(ownerSuffix)) continue
    const folder = join(parent, name.slice(0, -ownerSuffix.length))
    if (isAbandoned(`${folder}${ownerSuffix}`) && mayRemove(folder)) removeOwned(folder)
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
