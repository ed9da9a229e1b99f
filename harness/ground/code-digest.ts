import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

/** Digest of a piece of code and of what it imports. */
export interface CodeDigest {
  /** Absolute paths of the files it covers, sorted. */
  readonly files: readonly string[]
  /** `name@version` of the packages that those files import, sorted. */
  readonly packages: readonly string[]
  /** SHA-256, hex. */
  readonly digest: string
}

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g

/**
 * Follows the imports of some files through our own code. The digest covers each file met, the SQL in `queries/`
 * beside it, and the versions of directly imported packages.
 * @param root folder that the paths in the digest are relative to
 */
export function readCodeDigest(entries: readonly string[], root: string): CodeDigest {
  // Type imports count too: they are cheap, and a rule for them could be wrong.
  const files = new Set<string>()
  const packages = new Set<string>()
  const waiting = [...entries]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue
    files.add(file)
    for (const query of listQueries(dirname(file))) files.add(query)
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (specifier.startsWith('.')) waiting.push(resolve(dirname(file), specifier))
      else if (!specifier.startsWith('node:')) packages.add(toPackage(specifier, file))
    }
  }
  const sorted = [...files].sort()
  const hash = createHash('sha256')
  for (const file of sorted)
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  const named = [...packages].sort()
  return { files: sorted, packages: named, digest: hash.update(named.join('\n')).digest('hex') }
}

function listQueries(folder: string): string[] {
  const queries = join(folder, 'queries')
  return existsSync(queries) ? readdirSync(queries).map((name) => join(queries, name)) : []
}

/** Name and version of an imported package, `pg@8.16.3`, from the package.json nearest to the resolved file. */
function toPackage(specifier: string, from: string): string {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const folders = createRequire(from).resolve.paths(name) ?? []
  const manifest = folders
    .map((folder) => join(folder, name, 'package.json'))
    .find((path) => existsSync(path))
  if (manifest === undefined) return `${name}@unknown`
  return `${name}@${(JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version}`
}
