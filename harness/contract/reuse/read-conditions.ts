import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Conditions } from '../../model/reuse.ts'
import { findContentRoot, listAncestors } from './find-content-root.ts'
import { toEnvironment } from './to-environment.ts'
import { type Walk, walkFiles, walkPackages } from './walk-files.ts'

/** Where to look, and what can't be read from files. */
export interface ConditionSources {
  readonly projectRoot: string
  /** Folders from the project's root; their content is part of a checkpoint's key. */
  readonly migrations: string
  readonly snapshot: string | null
  /** Folder of the harness' code, absolute. */
  readonly harness: string
  readonly listGenerated: Walk['listGenerated']
  readonly env: NodeJS.ProcessEnv
  /** What the process is: version of Node, what it runs on, and the time zone. */
  readonly node: string
}

const lockfiles = [
  'pnpm-lock.yaml',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
]
const testFile = /\.test\.[cm]?[jt]sx?$/
const codeFile = /\.[cm]?[jt]sx?$/
const snapshotRows = /^[^/\\]+[/\\](?:data|schema)[/\\]/
/** `README.md`, but not `welcome.md`, which a server may send. */
const prose = /^[A-Z_-]+\.md$/
const testImport = /['"](\.{1,2}\/[^'"\n]*\.test(?:\.[cm]?[jt]sx?)?)['"]/g

// Git's ignore lists have no say: they name generated clients, which servers run.
/**
 * Reads what contracts may depend on: the repository's files except reports, prose and what a checkpoint covers, the stamp of the
 * installed packages, the harness, Node and the environment.
 * @throws Error when a file cannot be read
 */
export function readConditions(sources: ConditionSources): Conditions {
  const { projectRoot, harness, env, node } = sources
  const top = findContentRoot(projectRoot)
  const walk: Walk = {
    isLeftOut: toLeftOut(sources, top),
    listGenerated: sources.listGenerated,
    found: new Map(),
  }
  walkFiles(top, walk)
  // A server that lies outside of the repository, or a harness that is installed, is walked by itself.
  if (!isWithin(harness, top) || harness.includes(`${sep}node_modules${sep}`)) walkFiles(harness, walk)
  for (const folder of listAncestors(dirname(top))) {
    walkPackages(join(folder, 'node_modules'), walk)
    for (const file of lockfiles.map((name) => join(folder, name))) {
      if (existsSync(file)) walk.found.set(file, digestText(readFileSync(file)))
    }
  }
  const tests = [...walk.found.keys()].filter((file) => testFile.test(file))
  const reach = (file: string) => reachTests(file, walk.found)
  const imported = new Set(
    [...walk.found.keys()].filter((file) => codeFile.test(file) && !testFile.test(file)).flatMap(reach),
  )
  const common = [...walk.found].filter(([file]) => !testFile.test(file) || imported.has(file))
  const toLines = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([file, digest]) => `${relative(projectRoot, file)}\0${digest}`).sort()
  return {
    digest: digestText(JSON.stringify([node, toEnvironment(env), toLines(common)])),
    tests: Object.fromEntries(
      tests.map((file) => [
        file,
        digestText(
          JSON.stringify(toLines([file, ...reach(file)].map((one) => [one, walk.found.get(one) ?? '']))),
        ),
      ]),
    ),
    files: Object.fromEntries(walk.found),
  }
}

/** Files that differ between two readings, for people: from the project's root, sorted. */
export function listChanges(before: Conditions, after: Conditions, projectRoot: string): string[] {
  const names = new Set([...Object.keys(before.files), ...Object.keys(after.files)])
  return [...names]
    .filter((name) => before.files[name] !== after.files[name])
    .map((name) => relative(projectRoot, name))
    .sort()
}

/** True for files whose content decides about conditions; a file outside of them may have any content. */
export function isCovered({ files }: Conditions, file: string): boolean {
  return files[file] !== undefined || files[tryRealPath(file)] !== undefined
}

function toLeftOut({ projectRoot, migrations, snapshot }: ConditionSources, top: string): Walk['isLeftOut'] {
  const written = [projectRoot, top].flatMap((root) =>
    ['.phaseproof', 'reports', 'coverage'].map((name) => join(root, name)),
  )
  const covered = snapshot === null ? [] : [resolve(projectRoot, snapshot)]
  const folders = new Set([...written, ...covered])
  const history = resolve(projectRoot, migrations)
  const snapshots = join(projectRoot, 'snapshots')
  return (path, isFolder) => {
    if (isFolder) return folders.has(path)
    if (basename(path) === 'migration.sql' && dirname(dirname(path)) === history) return true
    // Another snapshot is told by its manifest, which holds the digest of all its rows.
    if (isWithin(path, snapshots)) return snapshotRows.test(relative(snapshots, path))
    return prose.test(basename(path))
  }
}

/** The test files that a file imports, directly or through one another. */
function reachTests(file: string, known: ReadonlyMap<string, string>): string[] {
  const reached = new Set<string>()
  const waiting = [file]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const [, specifier = ''] of readFileSync(one, 'utf8').matchAll(testImport)) {
      const path = resolve(dirname(one), specifier)
      const found = [path, ...['.ts', '.js', '.mts', '.mjs', '.tsx'].map((end) => `${path}${end}`)]
        .flatMap((candidate) => [candidate, candidate.replace(/\.(m?)js$/, '.$1ts')])
        .find((candidate) => known.has(candidate))
      if (found === undefined || found === file || reached.has(found)) continue
      reached.add(found)
      waiting.push(found)
    }
  }
  return [...reached]
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`)
}

function tryRealPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function digestText(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}
