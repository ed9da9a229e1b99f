import { rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Where a folder is made before it takes its place; the same on every run, so that a run finds what another left. */
export function toIncoming(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.incoming`)
}

/** Puts a finished folder in the place of another (or of none), which is removed afterwards. */
export async function swapIn(incoming: string, folder: string): Promise<void> {
  const outgoing = join(dirname(folder), `.${basename(folder)}.outgoing`)
  await rm(outgoing, { recursive: true, force: true })
  if (await exists(folder)) await rename(folder, outgoing)
  await rename(incoming, folder)
  await rm(outgoing, { recursive: true, force: true })
}

/** Is there a file or folder of this path? */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
