import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toSha256OfBytes } from '../ground/file-digest.ts'
import { isWithin } from '../ground/folder-digest.ts'
import type { StatementSubject } from '../model/statement.ts'
import { listUnignored } from './read-commit.ts'

const harness = dirname(dirname(fileURLToPath(import.meta.url)))
const prefix = 'file:'

/**
 * Reads the digests of the project's files that tests loaded, by path from its root. Left out is what git ignores, and packages, the harness
 * and the scenario's folder.
 * @param loaded absolute paths
 */
export async function readLoaded(
  scenario: string,
  projectRoot: string,
  loaded: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const own = join(projectRoot, 'scenarios', scenario)
  const files = [...new Set(loaded)].filter(
    (file) =>
      isWithin(file, projectRoot) &&
      !isWithin(file, own) &&
      !isWithin(file, harness) &&
      !file.includes(`${sep}node_modules${sep}`) &&
      isFile(file),
  )
  // What git ignores was generated from something else, and need not be where the proof is verified.
  const unignored = files.length > 0 ? await listUnignored(projectRoot) : null
  return Object.fromEntries(
    files
      .map((file) => [relative(projectRoot, file).split(sep).join('/'), file] as const)
      .filter(([path]) => unignored?.has(path) ?? true)
      .map(([path, file]) => [path, toSha256OfBytes(readFileSync(file))]),
  )
}

/** Reads the digests of the files that a proof names; one that is gone, or lies outside of the project, has none. */
export function readAnew(
  subjects: readonly StatementSubject[],
  projectRoot: string,
): Readonly<Record<string, string>> {
  const paths = subjects.flatMap(({ name }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []))
  return Object.fromEntries(
    paths.flatMap((path) => {
      const file = resolve(projectRoot, path)
      // A statement may come from anybody: it leads to no file outside of the project.
      if (!isFile(file) || !isWithin(realpathSync(file), realpathSync(projectRoot))) return []
      return [[path, toSha256OfBytes(readFileSync(file))]]
    }),
  )
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile()
}
