import { rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Where a folder is made before it takes its place. The path is the same on every run, so a run finds what an earlier
 * one left.
 */
export function toIncoming(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.incoming`)
}

function toOutgoing(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.outgoing`)
}

/** Moves a finished folder into the place of another (or of none), which is removed afterwards. */
export async function swapIn(incoming: string, folder: string): Promise<void> {
  const outgoing = toOutgoing(folder)
  await putBack(folder)
  await rm(outgoing, { recursive: true, force: true })
  if (await exists(folder)) await rename(folder, outgoing)
  await rename(incoming, folder)
  await rm(outgoing, { recursive: true, force: true })
}

/** Restores the old folder when a kill in the middle of a swap left its place empty. */
export async function putBack(folder: string): Promise<void> {
  if (!(await exists(folder)) && (await exists(toOutgoing(folder)))) await rename(toOutgoing(folder), folder)
}

/** Tells whether a file or folder has this path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
