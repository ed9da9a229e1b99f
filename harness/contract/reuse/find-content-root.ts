import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files and folders that mark the top of what is kept and installed together. */
const marks = ['.git', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'package-lock.json', 'yarn.lock', 'bun.lock']

/**
 * The nearest folder at or above a project that is a repository's or a workspace's root, else the project itself: a server in one
 * package imports its neighbours, so their files count too.
 */
export function findContentRoot(projectRoot: string): string {
  for (const mark of [marks.slice(0, 2), marks.slice(2)]) {
    for (const folder of listAncestors(projectRoot)) {
      if (mark.some((name) => existsSync(join(folder, name)))) return folder
    }
  }
  return projectRoot
}

/** The folder and those above it, nearest first. */
export function listAncestors(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...listAncestors(above)]
}
