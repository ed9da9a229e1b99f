import { createHash, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPrisma, runGenerate } from './prisma-generate.ts'

/** Where a client is generated from and where its link is. Absolute paths. */
export interface ClientPlace {
  /** `schema.prisma` below the folder that `generated/` lies in; its generator names the link as output. */
  readonly schema: string
  /** Symbolic link to the generated folder beside it. */
  readonly link: string
}

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** The client of the target schema. */
export const unifiedClient: ClientPlace = {
  schema: join(projectRoot, 'migrations', 'tcc', 'schema.prisma'),
  link: join(projectRoot, 'generated', 'tcc-client'),
}

/** The client of the schema that the deployed server was built with. */
export const deployedClient: ClientPlace = {
  schema: join(projectRoot, 'scenarios', 'tcc-catch-up', 'server', 'deployed', 'schema.prisma'),
  link: join(projectRoot, 'generated', 'deployed-tcc-client'),
}
const stampFile = 'made-from.txt'
const staleMs = 10 * 60 * 1000

/**
 * Ensures a Prisma Client generated from the schema as it is now. Generating takes about 2 s in one child process and
 * downloads nothing. It happens only when the schema's bytes or Prisma's version changed.
 * @throws Error whose second line says what to do
 */
export async function ensureClient(place: ClientPlace): Promise<void> {
  // Each result has a folder named by the digest of both, and the link is renamed onto it in one step. So callers in
  // several processes at once never see half a client, and whoever is reading the former one can finish.
  const schema = await readSchema(place.schema)
  const prisma = await readPrisma()
  const stamp = createHash('sha256').update(`prisma ${prisma.version}\n`).update(schema).digest('hex')
  const folder = `${place.link}-${stamp.slice(0, 16)}`
  const former = await readlink(place.link).catch(() => null)
  if (former === basename(folder) && (await isComplete(folder, stamp))) return

  const generated = dirname(place.link)
  try {
    await mkdir(generated, { recursive: true })
    if (!(await isComplete(folder, stamp))) await generateInto(folder, place, schema, stamp, prisma.cli)
    await pointTo(place.link, basename(folder))
    await removeLeftovers(generated, basename(place.link), [basename(folder), former])
  } catch (cause) {
    if (!hasCode(cause, 'EACCES', 'EPERM', 'EROFS')) throw cause
    throw new Error(
      `Generating Prisma Client from ${place.schema}: this user may not write to ${generated}.\n` +
        'Run as the owner of the checkout, or give that folder to this user.',
      { cause },
    )
  }
}

async function generateInto(
  folder: string,
  place: ClientPlace,
  schema: Buffer,
  stamp: string,
  cli: string,
): Promise<void> {
  // The generator writes relative to the schema: a copy of the schema at the same depth lets it write aside, unchanged.
  const stage = join(dirname(place.link), `.stage-${randomUUID()}`)
  const stagedSchema = join(stage, relative(dirname(dirname(place.link)), place.schema))
  try {
    await mkdir(dirname(stagedSchema), { recursive: true })
    await writeFile(stagedSchema, schema)
    await runGenerate(cli, stagedSchema, place.schema)
    const output = join(stage, 'generated', basename(place.link))
    const seal = await toSeal(output, stamp)
    if (!seal) {
      throw new Error(
        `Generating Prisma Client from ${place.schema}: Prisma did not write where it was expected to.\n` +
          `Give the generator block of the schema output = "${relative(dirname(place.schema), place.link)}".`,
      )
    }
    await writeFile(join(output, stampFile), seal)
    await putInPlace(output, folder, stamp, join(stage, 'damaged'))
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/**
 * Moves a generated client into place. What is there already is the same client of a quicker process, or incomplete
 * and removed.
 */
async function putInPlace(output: string, folder: string, stamp: string, away: string): Promise<void> {
  try {
    await rename(output, folder)
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
    if (await isComplete(folder, stamp)) return
    await rename(folder, away).catch((gone) => {
      if (!hasCode(gone, 'ENOENT')) throw gone
    })
    await putInPlace(output, folder, stamp, `${away}-again`)
  }
}

async function isComplete(folder: string, stamp: string): Promise<boolean> {
  const recorded = await readFile(join(folder, stampFile), 'utf8').catch(() => null)
  return recorded?.startsWith(stamp) === true && recorded === (await toSeal(folder, stamp))
}

/**
 * The stamp with the digest of the schema file in the client, so that a `prisma generate` by hand through the link is
 * noticed.
 */
async function toSeal(folder: string, stamp: string): Promise<string | null> {
  const core = await readFile(join(folder, 'internal', 'class.ts')).catch(() => null)
  return core && `${stamp}\n${createHash('sha256').update(core).digest('hex')}\n`
}

async function pointTo(link: string, target: string): Promise<void> {
  const next = `${link}.${randomUUID()}`
  await symlink(target, next)
  try {
    await rename(next, link)
  } catch (error) {
    // A folder where the link belongs comes from `prisma generate` run by hand, or from a copy that followed links.
    const isFolder = await stat(link).then((found) => found.isDirectory())
    if (!isFolder) throw error
    await rm(link, { recursive: true, force: true })
    await rename(next, link)
  } finally {
    await rm(next, { force: true })
  }
}

/** Removes folders of older schemas and of killed processes. The former client stays for whoever reads it now. */
async function removeLeftovers(
  generated: string,
  name: string,
  keep: readonly (string | null)[],
): Promise<void> {
  for (const entry of await readdir(generated)) {
    const isOurs = entry.startsWith(`${name}-`) || entry.startsWith('.stage-')
    if (!isOurs || keep.includes(entry)) continue
    const path = join(generated, entry)
    const found = await stat(path).catch(() => null)
    if (found && Date.now() - found.mtimeMs > staleMs) await rm(path, { recursive: true, force: true })
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

async function readSchema(path: string): Promise<Buffer> {
  return readFile(path).catch((cause) => {
    const remedy = 'Restore the file from version control.'
    throw new Error(`Generating Prisma Client: found no schema at ${path}.\n${remedy}`, { cause })
  })
}

const script = process.argv[1]
if (script && realpathSync(script) === fileURLToPath(import.meta.url)) {
  for (const place of [unifiedClient, deployedClient]) {
    await ensureClient(place).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exitCode = 1
    })
  }
}
