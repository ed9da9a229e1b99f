import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** Reads a SHA-256, in hex, over the names and bytes of all files below a folder, but for those in or at `left`. */
export async function readFolderDigest(folder: string, left: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256')
  const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : []
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !left.some((one) => isWithin(file, one)))
  for (const file of files.sort())
    hash
      .update(`${file.slice(folder.length)}\0`)
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}

/** Is a path a folder, or in it? */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`)
}

/**
 * Reads a SHA-256 over the path, size and time of change, in nanoseconds, of everything in a folder. It reads no contents, so a thousand
 * files cost some ten milliseconds.
 */
export function readFolderStamp(folder: string): string {
  const hash = createHash('sha256')
  for (const entry of listEntries(folder, '')) hash.update(`${entry}\0`)
  return hash.digest('hex')
}

function* listEntries(folder: string, below: string): Generator<string> {
  const entries = readdirSync(join(folder, below), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const relative = join(below, entry.name)
    if (entry.isDirectory()) {
      yield `${relative}/`
      yield* listEntries(folder, relative)
    } else {
      const { size, mtimeNs } = lstatSync(join(folder, relative), { bigint: true })
      yield `${relative} ${size} ${mtimeNs}`
    }
  }
}

/**
 * Derives the digest of a snapshot folder from the SHA-256 of each file but the manifest, keyed by path relative to the folder.
 * The same value comes from `sha256sum data/* schema/* | LC_ALL=C sort | sha256sum`.
 */
export function toFolderDigest(sha256ByPath: ReadonlyMap<string, string>): string {
  const lines = [...sha256ByPath].map(([path, sha256]) => Buffer.from(`${sha256}  ${path}\n`))
  // Bytes, not UTF-16 units, so that other tools sort non-ASCII names the same way.
  return createHash('sha256')
    .update(Buffer.concat(lines.sort(Buffer.compare)))
    .digest('hex')
}
