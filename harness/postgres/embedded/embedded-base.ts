import { accessSync, chmodSync, constants, lstatSync, mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import { unavailable } from '../unavailable.ts'
import { type Account, canEnter } from './embedded-account.ts'
import { sweepFallbackFolders, writeProject } from './sweep-fallback-folders.ts'

/**
 * Ensures the folder that holds prepared clusters: the cache folder, or a temporary folder of ours for this project
 * where the server's account cannot enter that (a project below root's home).
 * @throws postgres-unavailable
 */
export function ensureBaseFolder(cacheFolder: string, account: Account | undefined): string {
  try {
    mkdirSync(cacheFolder, { recursive: true })
    accessSync(cacheFolder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw unavailable(
      'embedded',
      `write to the cache folder ${cacheFolder}`,
      String((error as NodeJS.ErrnoException).code ?? error),
      'Make the folder writable, or remove it if another account made it.',
      { cause: error },
    )
  }
  if (account === undefined || canEnter(cacheFolder, account)) return cacheFolder
  return ensureFallbackFolder(cacheFolder, account)
}

function ensureFallbackFolder(cacheFolder: string, account: Account): string {
  const project = toSha256(path.resolve(cacheFolder)).slice(0, 12)
  for (const temporary of new Set([os.tmpdir(), '/tmp', '/var/tmp'])) {
    if (!canEnter(temporary, account)) continue
    const prefix = `phaseproof-${process.getuid?.()}-`
    const folder = path.join(temporary, `${prefix}${project}`)
    if (!isOurs(folder)) continue
    sweepFallbackFolders(temporary, prefix)
    writeProject(folder, cacheFolder)
    return folder
  }
  throw unavailable(
    'embedded',
    `find a folder for the embedded Postgres, which runs as ${account.name} because Postgres refuses root`,
    `${account.name} can enter neither ${cacheFolder} nor a temporary folder of ours`,
    'Run the command as an ordinary user, or move the project to a folder that other accounts can enter.',
  )
}

// In a folder that all may write, anyone could have made ours before us and filled it.
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    const found = lstatSync(folder)
    if (!found.isDirectory() || found.uid !== process.getuid?.()) return false
    chmodSync(folder, 0o755)
    return true
  } catch {
    return false
  }
}
