import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A cache folder for one test. */
export interface TemporaryCacheFolder {
  readonly folder: string
  /** Removes it. The servers on it must have been stopped. */
  remove(): void
}

/**
 * Makes an empty cache folder that the server's account can enter, also when the tests run as root, with a space in its
 * path. Effects: a folder in the temporary folder until `remove`.
 */
export function makeTemporaryCacheFolder(): TemporaryCacheFolder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'phaseproof test '))
  chmodSync(folder, 0o755)
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}
