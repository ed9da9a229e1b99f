import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type ClientProgram, findPrograms, runHere as runOnMachine } from '../../ground/client-programs.ts'
import { type OpenClientImage, ProgramFailed } from '../../model/ports.ts'
import { captureFailed } from '../capture-failed.ts'

/** The formats that pg_dump writes, and a plain dump under gzip. */
type DumpFormat = 'plain' | 'gzip' | 'custom' | 'directory' | 'tar'

/**
 * Tells a dump's format by its first bytes, not by its name.
 * @throws capture-failed when nothing is there, or no dump
 */
export async function readDumpFormat(path: string): Promise<DumpFormat> {
  const found = await stat(path).catch(() => null)
  if (!found)
    throw captureFailed(path, 'there is no such file or folder', 'Name the dump that pg_dump wrote.')
  if (found.isDirectory()) {
    const names = await readdir(path)
    if (names.some((name) => name.startsWith('toc.dat'))) return 'directory'
    throw captureFailed(
      path,
      'the folder has no toc.dat',
      'Name a folder that pg_dump --format=directory wrote.',
    )
  }
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.subarray(0, 5).toString('latin1') === 'PGDMP') return 'custom'
    if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
    if (head.subarray(0, 7).toString('latin1') === 'toc.dat') return 'tar'
    if (/^(?:\xff\xfe|\xfe\xff)/.test(head.subarray(0, 2).toString('latin1'))) {
      throw captureFailed(
        path,
        'it is UTF-16, which is what a redirection (>) of Windows PowerShell writes',
        'Let pg_dump write the file itself: pg_dump --file=<path>.',
      )
    }
    return 'plain'
  } finally {
    await file.close()
  }
}

/** Where a pg_restore may come from. */
interface RestorePrograms {
  /** Folders to look in, instead of the PATH and where packages put it. */
  readonly folders?: readonly string[]
  /** Where it comes from when none on this machine can read the dump. */
  readonly openClientImage?: OpenClientImage
}

/**
 * Streams the script of a dump. A plain dump is read as it is. Others are translated by a `pg_restore` at least as
 * new as their `pg_dump`, of this machine or else of the container image.
 * @throws capture-failed
 */
export async function* readDump(path: string, programs: RestorePrograms = {}): AsyncGenerator<Buffer> {
  // `pg_restore` without a database only translates; it connects to nothing.
  const format = await readDumpFormat(path)
  if (format === 'plain') yield* createReadStream(path, { highWaterMark: 1 << 18 })
  else if (format === 'gzip') yield* createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>
  else yield* translate(path, format, programs)
}

async function* translate(
  path: string,
  format: DumpFormat,
  { folders, openClientImage }: RestorePrograms,
): AsyncGenerator<Buffer> {
  const reasons: string[] = []
  const tool = await findPgRestore(folders)
  const attempts = [
    ...(tool ? [{ by: `pg_restore ${tool.version}`, script: runHere(tool.path, path) }] : []),
    ...(openClientImage ? [{ by: 'pg_restore of an image', script: runInImage(path, openClientImage) }] : []),
  ]
  if (!tool) reasons.push('none on this machine')
  for (const { by, script } of attempts) {
    let began = false
    try {
      for await (const chunk of script) {
        began = true
        yield chunk
      }
      return
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error
      reasons.push(`${by}: ${error.message}`)
      // What came out is restored already: nobody else can begin again.
      if (began) break
    }
  }
  throw captureFailed(
    path,
    `it is in ${format} format, and no pg_restore could read it: ${reasons.join('; ')}`,
    PLAIN,
  )
}

const toArguments = (path: string) => ['--file=-', path]

const runHere = (program: string, path: string) =>
  runOnMachine(
    [program, ...toArguments(path)],
    { LC_ALL: 'C' },
    {},
    (said) => new ProgramFailed(said.split('\n')[0]),
  )

async function* runInImage(path: string, openClientImage: OpenClientImage): AsyncGenerator<Buffer> {
  const absolute = resolve(path)
  const image = await openClientImage([absolute])
  if (typeof image === 'string') throw new ProgramFailed(image)
  try {
    yield* image.run(['pg_restore', ...toArguments(absolute)], { LC_ALL: 'C' })
  } finally {
    await image.close()
  }
}

const PLAIN =
  'Install the PostgreSQL client tools of the version that wrote it, name an image that has them (PHASEPROOF_POSTGRES_IMAGE), or dump in plain format: pg_dump --format=plain.'

/** The newest pg_restore, because newer ones read what older ones wrote. */
async function findPgRestore(folders?: readonly string[]): Promise<ClientProgram | undefined> {
  const found = await findPrograms('pg_restore', folders)
  return found.toSorted((a, b) => Number.parseFloat(b.version) - Number.parseFloat(a.version))[0]
}
