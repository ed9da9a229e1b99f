import { readFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/** A version or range, and where it was read. */
interface FoundVersion {
  readonly version: string
  /** Path of the file relative to the project root. */
  readonly file: string
}

interface Manifest {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * The version of Prisma's CLI that a folder of a repository deploys with: the installed one, looked for as Node does from the folder
 * upwards; else what the nearest package.json asks for; null when neither knows.
 */
export async function readVersion(folder: string, projectRoot: string): Promise<FoundVersion | null> {
  const folders = listUpwards(folder)
  const show = (file: string) => relative(projectRoot, file).split(sep).join('/')
  for (const each of folders) {
    const file = join(each, 'node_modules', 'prisma', 'package.json')
    const version = (await readManifest(file))?.version
    if (version !== undefined) return { version, file: show(file) }
  }
  for (const each of folders) {
    const file = join(each, 'package.json')
    const manifest = await readManifest(file)
    const version = manifest?.dependencies?.prisma ?? manifest?.devDependencies?.prisma
    if (version !== undefined) return { version, file: show(file) }
  }
  return null
}

function listUpwards(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...listUpwards(parent)]
}

async function readManifest(file: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Manifest
  } catch {
    return null
  }
}
