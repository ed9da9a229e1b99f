import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'

/** File beside that of the run, in which what may be reused is handed to the workers. */
export const reuseFile = 'reuse.json'

/**
 * A place of its own for what a run observed. Evidence can be megabytes, which Vitest would send again with every test file: the
 * workers read it instead.
 */
export function makeRunFile(cacheFolder: string): { readonly folder: string; readonly file: string } {
  const runs = join(cacheFolder, 'runs')
  mkdirSync(runs, { recursive: true })
  const folder = mkdtempSync(join(runs, 'run-'))
  return { folder, file: join(folder, 'run.json') }
}
