import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How to write the snapshots again, for messages. */
export const ANEW = 'to write it anew: node --import tsx scenarios/tcc-catch-up/generator/main.ts'

/** Paths below two folders whose bytes differ, or that only one of them has, sorted. */
export async function listDifferences(folder: string, other: string): Promise<readonly string[]> {
  const [ours, theirs] = [await readFiles(folder), await readFiles(other)]
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])]
  return paths.filter((path) => !ours.get(path)?.equals(theirs.get(path) ?? Buffer.alloc(0))).sort()
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(
      files.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
    ),
  )
}
