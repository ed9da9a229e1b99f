import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { claimFolder, ownerSuffix, removeOwned, sweepOwned } from './owned-folder.ts'

/** A temporary folder, for whoever removes it. */
export interface TemporaryFolder {
  readonly path: string
  /** It is safe to call twice. */
  remove(): void
}

/**
 * Makes a temporary folder. It first removes what killed processes left under that name.
 * @param name what the folder is for
 * @param mode rights of the folder; by default nobody else may enter it
 */
export function makeTemporaryFolder(name: string, mode = 0o700): TemporaryFolder {
  const prefix = `phaseproof-${name}-`
  sweepOwned(tmpdir(), prefix, isOurs)
  const path = claimFolder(tmpdir(), prefix)
  const remove = () => removeOwned(path)
  try {
    mkdirSync(path, { mode: 0o700 })
    // Said on its own, since the umask has no say in this.
    chmodSync(path, mode)
  } catch (error) {
    remove()
    throw error
  }
  return { path, remove }
}

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
  const folder = makeTemporaryFolder(name, mode)
  try {
    return await body(folder.path)
  } finally {
    folder.remove()
  }
}

/** In a folder that all may write, anybody could have put the name of another folder there. */
function isOurs(folder: string): boolean {
  return lstatSync(`${folder}${ownerSuffix}`, { throwIfNoEntry: false })?.uid === process.getuid?.()
}
