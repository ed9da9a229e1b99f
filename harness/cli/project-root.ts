import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The nearest folder from here upwards that holds `scenarios/`, else the one we are in: the only place where we ask where we are. */
export function findProjectRoot(from: string = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'scenarios'))) return folder
    if (folder === dirname(folder)) return from
  }
}
