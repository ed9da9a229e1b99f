import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { claimFolder, ownerSuffix, removeOwned, sweepOwned } from './owned-folder.ts'

/**
 * Runs `body` with a new temporary folder and removes it on every path. It first removes what killed processes left under that name.
 * @param name what the folder is for
 * @param mode rights of the folder; by default nobody else may enter it
 */
export async function withTemporaryFolder<T>(
  name: string,
  body: (folder: string) => Promise<T>,
  mode = 0o700,
): Promise<T> {
  const prefix = `phaseproof-${name}-`
  sweepOwned(tmpdir(), prefix, isOurs)
  const folder = claimFolder(tmpdir(), prefix)
  try {
    mkdirSync(folder, { mode: 0o700 })
    // Said on its own, since the umask has no say in this.
    chmodSync(folder, mode)
    return await body(folder)
  } finally {
    removeOwned(folder)
  }
}

/** In a folder that all may write, anybody could have put the name of another folder there. */
function isOurs(folder: string): boolean {
  return lstatSync(`${folder}${ownerSuffix}`, { throwIfNoEntry: false })?.uid === process.getuid?.()
}
