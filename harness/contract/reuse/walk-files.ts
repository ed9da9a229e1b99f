import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { digestFile } from './digest-file.ts'

/** What a walk leaves out and where it has been. */
export interface Walk {
  /** Paths that are covered otherwise, absolute; says so for a file or for a folder with all that is in it. */
  readonly isLeftOut: (path: string, isFolder: boolean) => boolean
  /** Folders that a tool generates code into below or beside a `node_modules`. */
  readonly listGenerated: (packages: string) => readonly string[]
  /** Digest by absolute path: of a file its bytes and whether it may be executed, of a link its text. */
  readonly found: Map<string, string>
}

/** More files than these take longer to read than contracts take to run. */
const maxFiles = 100_000

/** What installers write whenever they change a folder of packages. */
const stamps = ['.modules.yaml', '.package-lock.json', '.yarn-integrity', '.yarn-state.yml']

/**
 * Digests every file below a folder. Of `node_modules` it takes the installer's records, generated code, and packages that no
 * installer recorded or that are links to other folders.
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
    } else if (entry.isFile() && !walk.isLeftOut(path, false)) walk.found.set(path, digestEntry(path))
  }
}

/** Digests what tells one state of an installed `node_modules` from another; nothing where there is none. */
export function walkPackages(folder: string, walk: Walk): void {
  if (!existsSync(folder) || walk.found.has(folder)) return
  walk.found.set(folder, 'packages')
  const records = stamps.map((name) => join(folder, name)).filter((stamp) => existsSync(stamp))
  for (const stamp of records) walk.found.set(stamp, digestFile(stamp))
  const recorded = records.map((stamp) => readFileSync(stamp, 'utf8')).join('\n')
  for (const place of walk.listGenerated(folder)) walkFiles(place, walk)
  for (const entry of readdirSync(folder)) {
    const inner = entry.startsWith('@') ? readdirSync(join(folder, entry)) : null
    for (const name of inner?.map((one) => `${entry}/${one}`) ?? [entry]) {
      const path = join(folder, name)
      const isForeign = recorded !== '' && !name.startsWith('.') && !isRecorded(recorded, name)
      followPackage(path, isForeign, walk)
    }
  }
}

/** An installer's records name a package with its place or, as Yarn 1 does, with its version. */
function isRecorded(records: string, name: string): boolean {
  return [`node_modules/${name}"`, `node_modules/${name}\n`, `"${name}@`].some((text) =>
    records.includes(text),
  )
}

/** @param isForeign nobody installed it, so its files tell of themselves */
function followPackage(path: string, isForeign: boolean, walk: Walk): void {
  const target = resolveLink(path)
  if (target === null) {
    if (isForeign && statSync(path, { throwIfNoEntry: false })?.isDirectory()) walkFiles(path, walk)
  } else if (!target.includes(`${sep}node_modules${sep}`)) followTarget(path, target, walk)
}

function digestEntry(file: string): string {
  const isExecutable = (statSync(file).mode & 0o111) !== 0
  return `${digestFile(file)}${isExecutable ? ' executable' : ''}`
}

function followLink(path: string, walk: Walk): void {
  if (walk.isLeftOut(path, false) || walk.isLeftOut(path, true)) return
  walk.found.set(path, `link ${readlinkSync(path)}`)
  const target = resolveLink(path)
  if (target !== null) followTarget(path, target, walk)
}

function followTarget(path: string, target: string, walk: Walk): void {
  const seen = `${target}${sep}`
  if (walk.found.has(seen) || walk.found.has(target)) return
  if (statSync(target).isFile()) {
    walk.found.set(target, digestEntry(target))
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
