import { existsSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { digestFile } from './digest-file.ts'

/** What a walk leaves out and where it has been. */
export interface Walk {
  /** Paths that are covered otherwise, absolute; says so for a file or for a folder with all that is in it. */
  readonly isLeftOut: (path: string, isFolder: boolean) => boolean
  /** Folders that a tool generates code into below or beside a `node_modules`. */
  readonly listGenerated: (packages: string) => readonly string[]
  /** Digest by absolute path: of a file its bytes, of a link its text. */
  readonly found: Map<string, string>
}

/** More files than these take longer to read than contracts take to run. */
const maxFiles = 100_000

/** What installers write whenever they change a folder of packages. */
const stamps = ['.modules.yaml', '.package-lock.json', '.yarn-integrity', '.yarn-state.yml']

/**
 * Digests every file below a folder. Of `node_modules` it takes the installer's records, generated code, and the files of packages that
 * are links to other folders.
 * @throws Error when a file or folder cannot be read, or there are too many
 */
export function walkFiles(folder: string, walk: Walk): void {
  if (walk.found.size > maxFiles) throw new Error(`the project has more than ${maxFiles} files`)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (walk.found.has(path)) continue
    if (entry.isSymbolicLink()) followLink(path, walk)
    else if (entry.isDirectory()) {
      if (entry.name === '.git') continue
      if (entry.name === 'node_modules') walkPackages(path, walk)
      else if (!walk.isLeftOut(path, true)) walkFiles(path, walk)
    } else if (entry.isFile() && !walk.isLeftOut(path, false)) walk.found.set(path, digestFile(path))
  }
}

/** Digests what tells one state of an installed `node_modules` from another; nothing where there is none. */
export function walkPackages(folder: string, walk: Walk): void {
  if (!existsSync(folder) || walk.found.has(folder)) return
  walk.found.set(folder, 'packages')
  for (const stamp of stamps.map((name) => join(folder, name))) {
    if (existsSync(stamp)) walk.found.set(stamp, digestFile(stamp))
  }
  for (const place of walk.listGenerated(folder)) walkFiles(place, walk)
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const packages = name.startsWith('@') ? readdirSync(path).map((inner) => join(path, inner)) : [path]
    for (const one of packages) followPackage(one, walk)
  }
}

function followPackage(path: string, walk: Walk): void {
  const target = resolveLink(path)
  if (target === null || target.includes(`${sep}node_modules${sep}`)) return
  followTarget(path, target, walk)
}

function followLink(path: string, walk: Walk): void {
  if (walk.isLeftOut(path, false)) return
  walk.found.set(path, `link ${readlinkSync(path)}`)
  const target = resolveLink(path)
  if (target !== null) followTarget(path, target, walk)
}

function followTarget(path: string, target: string, walk: Walk): void {
  const seen = `${target}${sep}`
  if (walk.found.has(seen) || walk.found.has(target)) return
  if (statSync(target).isFile()) {
    walk.found.set(target, digestFile(target))
    return
  }
  walk.found.set(seen, `seen through ${path}`)
  if (target.endsWith(`${sep}node_modules`)) walkPackages(target, walk)
  else walkFiles(target, walk)
}

/** Where a link leads; null for what is no link, or leads nowhere. */
function resolveLink(path: string): string | null {
  try {
    const target = realpathSync(path)
    return target === path ? null : target
  } catch {
    return null
  }
}
