import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Version of a package as Node would find it from a folder; null when it is not installed there or above. */
export function readInstalledVersion(name: string, folder: string): string | null {
  const home = findInstalled(name, folder)
  if (home === null) return null
  return (
    (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version?: string }).version ?? null
  )
}

/** Folder of an installed package as Node would find it from a folder; null when there is none. */
export function findInstalled(name: string, folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const home = join(at, 'node_modules', name)
    if (existsSync(join(home, 'package.json'))) return home
    if (dirname(at) === at) return null
  }
}
