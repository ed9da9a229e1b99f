import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { HarnessError } from '../../model/error.ts'

/** One file of a Prisma schema. */
export interface SchemaFile {
  /** As faults name it: relative to the schema's folder, or the file's own name. */
  readonly path: string
  readonly content: string
}

/**
 * Reads a Prisma schema: one file, or a folder searched recursively for `.prisma` files, sorted by path.
 * @throws usage when there is none
 */
export async function readSchemaFiles(path: string): Promise<readonly SchemaFile[]> {
  const entry = await stat(path).catch(() => null)
  if (entry?.isFile()) return [{ path: 'schema.prisma', content: await readFile(path, 'utf8') }]
  const found = entry ? await readdir(path, { recursive: true, withFileTypes: true }) : []
  const files = found
    .filter((file) => file.isFile() && file.name.endsWith('.prisma'))
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => !file.split(sep).includes('node_modules'))
    .sort()
  if (files.length === 0) {
    const fault = entry ? `${path}: holds no .prisma file` : `${path}: does not exist`
    throw new HarnessError(
      'usage',
      `Read the Prisma schema ${fault}.`,
      'Name a schema.prisma or a folder of them, in scenario.ts under target.schema, relative to the root of the project.',
      {
        faults: [fault],
      },
    )
  }
  return Promise.all(
    files.map(async (file) => ({
      path: relative(path, file).split(sep).join('/'),
      content: await readFile(file, 'utf8'),
    })),
  )
}
