import { existsSync, statfsSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { HarnessError, type SystemLack } from '../model/error.ts'
import { redact } from './redact.ts'
import { toMessage } from './to-message.ts'

/** Codes of Node and SQLSTATEs. Source: https://www.postgresql.org/docs/17/errcodes-appendix.html, class 53. */
const lacks: Readonly<Record<string, SystemLack>> = {
  ENOSPC: 'space',
  EDQUOT: 'space',
  '53100': 'space',
  EACCES: 'rights',
  EPERM: 'rights',
  EROFS: 'rights',
  EMFILE: 'open-files',
  ENFILE: 'open-files',
  '53300': 'connections',
  ENOMEM: 'memory',
  '53200': 'memory',
  ERR_WORKER_OUT_OF_MEMORY: 'memory',
}

/** What programs say that give no code, such as `initdb`, or an error that crossed from a worker as text. */
const sayings: readonly (readonly [RegExp, SystemLack])[] = [
  [/no space left on device|\bENOSPC\b|disk quota exceeded/i, 'space'],
  [/\b(?:EACCES|EROFS): |read-only file system/i, 'rights'],
  [/\bEMFILE\b|too many open files/i, 'open-files'],
  [/sorry, too many clients already|remaining connection slots are reserved/i, 'connections'],
  [/JavaScript heap out of memory|worker terminated due to reaching memory limit/i, 'memory'],
]

/** What a server says, or its errors are called, when its disk is full and it cannot tell. */
const silentAboutDisk = /checkpoint request failed|could not (?:extend|write|create|fsync)/i
const serverCodes = new Set([
  'postgres-lost',
  'postgres-unavailable',
  'engine-failed',
  'snapshot-load-failed',
])
const scarceBytes = 64 * 1024 * 1024

/**
 * Tells whether an error, or what caused it, says that the system lacks something, and says it in two sentences.
 * @param folders where the server's files and our own may lie: looked at for space when a server fails without a reason
 */
export function toSystemFailure(
  error: unknown,
  folders: readonly string[] = [],
): HarnessError<'system-failed'> | null {
  if (isToldAlready(error)) return null
  const chain = toChain(error)
  const known = chain.find(isSystemFailure)
  if (known) {
    const { lack, folder, attempted } = known.context
    const full = lack === 'space' && folder === null ? findFullFolder(folders) : null
    return full === null ? known : describe(lack, new Error(attempted, { cause: known }), full)
  }
  for (const one of chain) {
    const lack = toLack(one)
    if (lack === null) continue
    const folder = toFolder(one) ?? (lack === 'space' ? findFullFolder(folders) : null)
    return describe(lack, one, folder)
  }
  const full = chain.some(isSilentAboutDisk) ? findFullFolder(folders) : null
  return full === null ? null : describe('space', chain[0], full)
}

/** The first of some folders on whose disk less than 64 MB are free. */
export function findFullFolder(folders: readonly string[]): string | null {
  return folders.map(toExisting).find((folder) => freeBytes(folder) < scarceBytes) ?? null
}

function toChain(error: unknown): readonly unknown[] {
  if (typeof error !== 'object' || error === null) return [error]
  const inner = error instanceof AggregateError ? error.errors : []
  const { cause } = error as { cause?: unknown }
  return [error, ...[...inner, ...(cause === undefined ? [] : [cause])].flatMap(toChain)]
}

/** An error of ours that says what is wrong, and not only that a server failed. */
function isToldAlready(error: unknown): boolean {
  if (!isHarnessError(error) || isSystemFailure(error)) return false
  return !serverCodes.has(error.code)
}

/** Is it an error of ours? By name: Vitest loads the class into a module graph of its own, where `instanceof` would not hold. */
export function isHarnessError(error: unknown): error is HarnessError {
  return error instanceof Error && error.name === 'HarnessError' && 'remedy' in error
}

function isSystemFailure(error: unknown): error is HarnessError<'system-failed'> {
  return isHarnessError(error) && error.code === 'system-failed'
}

function toCode(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '')
}

function toLack(error: unknown): SystemLack | null {
  const code = toCode(error)
  if (Object.hasOwn(lacks, code)) return lacks[code] ?? null
  return sayings.find(([pattern]) => pattern.test(toMessage(error)))?.[1] ?? null
}

function isSilentAboutDisk(error: unknown): boolean {
  return serverCodes.has(toCode(error)) || silentAboutDisk.test(toMessage(error))
}

/** The folder of the file that an error is about: Node gives its path, or only names it in its text. */
function toFolder(error: unknown): string | null {
  const { path, dest } = error as { path?: unknown; dest?: unknown }
  const named = /(?:EACCES|EROFS|ENOSPC)[^']*'([^']+)'/.exec(toMessage(error))?.[1]
  const file = [dest, path, named].find((one) => typeof one === 'string' && one.startsWith('/'))
  return typeof file === 'string' ? toExisting(file) : null
}

function toExisting(path: string): string {
  let folder = path
  while (!existsSync(folder) || !statSync(folder).isDirectory()) folder = dirname(folder)
  return folder
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** The highest folder on the same disk. */
function toMountPoint(folder: string): string {
  const device = statSync(folder).dev
  let top = folder
  while (dirname(top) !== top && statSync(dirname(top)).dev === device) top = dirname(top)
  return top
}

function describe(lack: SystemLack, error: unknown, folder: string | null): HarnessError<'system-failed'> {
  const attempted = redact(toMessage(error)).split('\n')[0]?.replace(/\.$/, '') ?? ''
  const [message, remedy] = sentences[lack](attempted, folder, toCode(error))
  return new HarnessError('system-failed', message, remedy, { lack, attempted, folder }, { cause: error })
}

const sentences: Readonly<
  Record<SystemLack, (attempted: string, folder: string | null, code: string) => readonly [string, string]>
> = {
  space: (attempted, folder) =>
    folder === null
      ? [
          `The disk of the Postgres server is full: ${attempted}.`,
          'Make room on it, or take another server with --postgres; then run again.',
        ]
      : [
          `The disk at ${toMountPoint(folder)}, which holds ${folder}, is full: ${Math.round(freeBytes(folder) / 1024 / 1024)} MB are free. ${attempted}.`,
          'Make room on it and run again. The folder .phaseproof can be removed: the next run makes it anew.',
        ],
  rights: (attempted, folder, code) => [
    `Writing was refused: ${attempted}.${folder === null ? '' : ` The folder ${folder} ${code === 'EROFS' ? 'is on a disk that is mounted read-only' : describeOwner(folder)}.`}`,
    `Make ${folder ?? 'the folder'} writable for this account, or run from a copy of the project that belongs to it.`,
  ],
  'open-files': (attempted) => [
    `This account has as many files open as it may: ${attempted}.`,
    'Raise the limit (ulimit -n 4096), or end other programs; then run again.',
  ],
  connections: (attempted) => [
    `Postgres accepts no more connections: ${attempted}.`,
    'End other sessions, raise max_connections of the server, or take another server with --postgres; then run again.',
  ],
  memory: (attempted) => [
    `There is not enough memory: ${attempted}.`,
    'End other programs, or give the machine or container more memory; then run again.',
  ],
}

function describeOwner(folder: string): string {
  const { uid, username } = userInfo()
  const owner = statSync(folder).uid
  if (owner === uid) return `belongs to this account, ${username} (${uid}), which may not write there`
  return `belongs to ${owner === 0 ? 'root (0)' : `account ${owner}`}; this is ${username} (${uid})`
}
