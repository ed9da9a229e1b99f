import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a client is made from and where its link lies. Absolute paths. */
export interface ClientPlace {
  /** `schema.prisma`; its generator names `../../generated/<name of link>` as output. */
  readonly schema: string
  /** Symbolic link to the generated folder, which lies beside it. */
  readonly link: string
}

const require = createRequire(import.meta.url)
const projectRoot = fileURLToPath(new URL('../../..', import.meta.url))
const tccClient: ClientPlace = {
  schema: join(projectRoot, 'migrations', 'tcc', 'schema.prisma'),
  link: join(projectRoot, 'generated', 'tcc-client'),
}
const stampFile = 'made-from.txt'
const staleMs = 10 * 60 * 1000

/**
 * Prisma Client for the target schema lies generated under `generated/tcc-client`, made from the schema as it stands now.
 *
 * Generates (about 2 s, one child process, nothing downloaded) only when the schema's bytes or Prisma's version changed.
 * Each result has a folder named by the digest of both, and the link is renamed onto it in one step, so that callers in
 * several processes at once never see half a client, and whoever is reading the former one can finish.
 *
 * @throws Error whose second line says what to do
 */
export async function ensureClient(place: ClientPlace = tccClient): Promise<void> {
  const schema = await readSchema(place.schema)
  const prisma = await readPrisma()
  const stamp = createHash('sha256').update(`prisma ${prisma.version}\n`).update(schema).digest('hex')
  const folder = `${place.link}-${stamp.slice(0, 16)}`
  const former = await readlink(place.link).catch(() => null)
  if (former === basename(folder) && (await isComplete(folder, stamp))) return

  const generated = dirname(place.link)
  await mkdir(generated, { recursive: true })
  if (!(await isComplete(folder, stamp)))
    await generateInto(folder, { place, schema, stamp, cli: prisma.cli })
  await pointTo(place.link, basename(folder))
  await removeLeftovers(generated, basename(place.link), [basename(folder), former])
}

async function generateInto(
  folder: string,
  { place, schema, stamp, cli }: { place: ClientPlace; schema: Buffer; stamp: string; cli: string },
): Promise<void> {
  // The generator writes relative to the schema: a copy of the schema at the same depth lets it write aside, unchanged.
  const stage = join(dirname(place.link), `.stage-${randomUUID()}`)
  const stagedSchema = join(stage, 'migrations', 'staged', 'schema.prisma')
  try {
    await mkdir(dirname(stagedSchema), { recursive: true })
    await writeFile(stagedSchema, schema)
    await runGenerate(cli, stagedSchema, place.schema)
    const output = join(stage, 'generated', basename(place.link))
    const seal = await toSeal(output, stamp)
    if (!seal) {
      throw new Error(
        `Generating Prisma Client from ${place.schema}: Prisma did not write where it was expected to.\n` +
          `Give the generator block of the schema output = "../../generated/${basename(place.link)}".`,
      )
    }
    await writeFile(join(output, stampFile), seal)
    await rename(output, folder).catch(async (cause) => {
      // The folder exists: either another process was quicker, or what lies there is not whole and has to go.
      if (await isComplete(folder, stamp)) return
      await rename(folder, join(stage, 'damaged'))
      await rename(output, folder).catch(async (again) => {
        if (!(await isComplete(folder, stamp)))
          throw new AggregateError([cause, again], `Cannot write ${folder}`)
      })
    })
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

async function runGenerate(cli: string, schema: string, shownSchema: string): Promise<void> {
  const child = spawn(process.execPath, [cli, 'generate', '--no-hints', '--schema', schema], {
    cwd: dirname(schema),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Generating doesn't run the schema engine, but the CLI would download one unless an executable is named.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NO_COLOR: '1',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (exitCode !== 0) {
    const said = output.replaceAll(schema, shownSchema).trim().split('\n').slice(-20).join('\n')
    throw new Error(
      `Generating Prisma Client from ${shownSchema}: prisma generate ended with ${exitCode ?? 'a signal'}.\n` +
        `Mend what Prisma says:\n${said}`,
    )
  }
}

async function isComplete(folder: string, stamp: string): Promise<boolean> {
  const recorded = await readFile(join(folder, stampFile), 'utf8').catch(() => null)
  return recorded?.startsWith(stamp) === true && recorded === (await toSeal(folder, stamp))
}

/** The stamp with the digest of the file that holds the schema, so that `prisma generate` by hand through the link shows. */
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

/** Drops folders of older schemas and stages of killed processes; the former client stays for whoever reads it now. */
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

async function readSchema(path: string): Promise<Buffer> {
  return readFile(path).catch((cause) => {
    throw new Error(
      `Generating Prisma Client: found no schema at ${path}.\nRestore the file from version control.`,
      {
        cause,
      },
    )
  })
}

async function readPrisma(): Promise<{ version: string; cli: string }> {
  try {
    const manifest = require.resolve('prisma/package.json')
    const { version, bin } = JSON.parse(await readFile(manifest, 'utf8'))
    return { version, cli: join(dirname(manifest), bin.prisma) }
  } catch (cause) {
    throw new Error(
      `Generating Prisma Client: the package prisma is not installed in ${projectRoot}.\nRun pnpm install there, without leaving out dependencies.`,
      { cause },
    )
  }
}

const script = process.argv[1]
if (script && realpathSync(script) === fileURLToPath(import.meta.url)) {
  await ensureClient().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
