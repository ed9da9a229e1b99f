import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isServerRunning } from '../running-server.ts'

/** Names the project in its folder of prepared clusters, so that a sweep knows when that is gone. */
export function writeProject(folder: string, cacheFolder: string): void {
  writeFileSync(projectFile(folder), path.dirname(path.resolve(cacheFolder)))
}

/**
 * Removes the folders of prepared clusters in `temporary` whose project is gone. They are caches of this account; one with a running
 * server, or that does not name its project, stays.
 * @param prefix how the names of this account's folders begin
 */
export function sweepFallbackFolders(temporary: string, prefix: string): void {
  for (const name of readdirSync(temporary)) {
    const folder = path.join(temporary, name)
    if (!name.startsWith(prefix) || !/^[0-9a-f]{12}$/.test(name.slice(prefix.length))) continue
    try {
      if (lstatSync(folder).uid !== process.getuid?.()) continue
      const project = readFileSync(projectFile(folder), 'utf8')
      if (path.isAbsolute(project) && !existsSync(project) && !hasRunningServer(folder)) {
        rmSync(folder, { recursive: true, force: true })
      }
    } catch {
      // Another run removes it, or it says nothing: a cache that stays does no harm.
    }
  }
}

function hasRunningServer(folder: string): boolean {
  return readdirSync(folder).some((name) => isServerRunning(path.join(folder, name, 'data')))
}

function projectFile(folder: string): string {
  return path.join(folder, 'project')
}
