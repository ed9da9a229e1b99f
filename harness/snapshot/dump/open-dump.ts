import { execFile, spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip } from 'node:zlib'
import { captureFailed } from '../capture/capture-failed.ts'

const run = promisify(execFile)

/** What pg_dump and its users make. */
export type DumpFormat = 'plain' | 'gzip' | 'custom' | 'directory' | 'tar'

/**
 * Which format a dump has, told by its first bytes, not by its name.
 * @throws capture-failed when there is none
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
    return 'plain'
  } finally {
    await file.close()
  }
}

/**
 * The script of a dump, as a stream. Plain ones are read as they are; others need a `pg_restore` at least as new as the `pg_dump`
 * that wrote them, which then only translates and connects to nothing.
 * @throws capture-failed
 */
export async function* readDump(path: string): AsyncGenerator<Buffer> {
  const format = await readDumpFormat(path)
  if (format === 'plain') yield* createReadStream(path, { highWaterMark: 1 << 18 })
  else if (format === 'gzip') yield* createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>
  else yield* translate(path, format)
}

async function* translate(path: string, format: DumpFormat): AsyncGenerator<Buffer> {
  const tool = await findPgRestore()
  if (!tool) {
    throw captureFailed(path, `it is in ${format} format, and there is no pg_restore on this machine`, PLAIN)
  }
  const child = spawn(tool.path, ['--no-owner', '--no-privileges', '--file=-', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 4096) said += chunk.toString('utf8')
  })
  try {
    yield* child.stdout as Readable as AsyncIterable<Buffer>
    if ((await ended) === 0) return
  } finally {
    child.kill()
  }
  const reason = said.trim().split('\n')[0] ?? 'it gave no reason'
  throw captureFailed(path, `pg_restore ${tool.version} could not read it: ${reason}`, PLAIN)
}

const PLAIN =
  'Install the PostgreSQL client tools of the version that wrote it, or dump in plain format: pg_dump --format=plain.'

/** The newest pg_restore on the PATH and where packages put it: newer ones read what older ones wrote. */
async function findPgRestore(): Promise<{ readonly path: string; readonly version: string } | undefined> {
  const packaged = await readdir('/usr/lib/postgresql').catch(() => [])
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...packaged.map((version) => join('/usr/lib/postgresql', version, 'bin')),
  ]
  const found: { readonly path: string; readonly version: string }[] = []
  for (const folder of new Set(folders)) {
    const path = join(folder, 'pg_restore')
    const version = await run(path, ['--version']).then(
      ({ stdout }) => stdout.match(/\d+(\.\d+)?/)?.[0],
      () => undefined,
    )
    if (version !== undefined) found.push({ path, version })
  }
  return found.toSorted((a, b) => Number.parseFloat(b.version) - Number.parseFloat(a.version))[0]
}
