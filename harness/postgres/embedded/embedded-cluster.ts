import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { toSha256 } from '../../ground/file-digest.ts'
import { readFolderStamp } from '../../ground/folder-digest.ts'
import { readBoot } from '../../ground/process-identity.ts'
import { superuser } from '../settings.ts'
import { unavailable } from '../unavailable.ts'
import { type Account, asAccount, handOver } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'

// Raise when a cluster made by an older harness must not be used any more.
const clusterFormat = 1
const initTimeoutMs = 60_000

// The built-in locale sorts and folds the same on every machine; connections are few, so a slow hash would only cost time.
const initArguments = [
  ...[`--username=${superuser}`, '--auth=scram-sha-256', '--encoding=UTF8'],
  ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ...['--data-checksums', '--no-sync', '--no-instructions', '--set=scram_iterations=1'],
]

/** Paths of the parts of a prepared cluster. */
export interface ClusterPaths {
  readonly folder: string
  readonly data: string
  readonly password: string
  readonly log: string
}

/** The paths of a cluster's parts, from its folder. */
export function toClusterPaths(folder: string): ClusterPaths {
  const part = (name: string) => path.join(folder, name)
  return { folder, data: part('data'), password: part('password'), log: part('server.log') }
}

/** Folder name of the prepared cluster. Other programs or another way of making it give another name. */
export function toClusterName(binaries: Binaries, account: Account | undefined): string {
  const uid = account?.uid ?? process.getuid?.()
  const made = [clusterFormat, binaries.packageVersion, process.platform, process.arch, uid, initArguments]
  const hash = toSha256(JSON.stringify(made)).slice(0, 10)
  return `cluster-${binaries.version}-${hash}`
}

/**
 * Makes a new cluster with a random password in a folder that does not exist yet. It takes about half a second.
 * @throws postgres-unavailable
 */
export async function buildCluster(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const paths = toClusterPaths(folder)
  mkdirSync(folder)
  chmodSync(folder, 0o700)
  writeFileSync(paths.password, randomBytes(18).toString('base64url'), { mode: 0o600 })
  handOver(paths.password, account)
  handOver(folder, account)
  const program = path.join(binaries.native, 'bin', 'initdb')
  try {
    await promisify(execFile)(
      program,
      [...initArguments, `--pwfile=${paths.password}`, `--pgdata=${paths.data}`],
      {
        ...asAccount(account),
        cwd: '/',
        timeout: initTimeoutMs,
        env: toServerEnvironment(),
      },
    )
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    const cause = (stderr || String(error)).trim().split('\n').slice(-3).join(' ')
    throw unavailable(
      'embedded',
      'prepare a cluster for the embedded Postgres',
      cause,
      'Look for a full disk or a folder that cannot be written.',
      { cause: error },
    )
  }
}

/** Makes a new cluster beside its place and moves it in once it is complete. */
export async function buildClusterInPlace(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const building = `${folder}.building-${randomBytes(6).toString('hex')}`
  await buildCluster(building, binaries, account)
  renameSync(building, folder)
}

/** Takes a cluster out of use at once, then removes it. A missing cluster is fine. */
export function discardCluster(folder: string): void {
  if (!existsSync(folder)) return
  const discarded = `${folder}.discarded-${randomBytes(6).toString('hex')}`
  renameSync(folder, discarded)
  rmSync(discarded, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

/**
 * Removes the mark of the last orderly stop and says why the cluster cannot be trusted; undefined when it can. Only
 * the cluster's owner may call it: from here on the cluster is unclean until `writeCleanMark`.
 */
export function takeCleanMark(folder: string): string | undefined {
  const file = path.join(folder, 'clean')
  if (!existsSync(file)) return 'it was not stopped in order'
  try {
    const mark = JSON.parse(readFileSync(file, 'utf8')) as {
      format?: unknown
      boot?: unknown
      digest?: unknown
    }
    if (mark.format !== clusterFormat) return 'another version of the harness made it'
    // Nothing is ever flushed, so after a restart of the machine files may have lost what their sizes promise.
    if (mark.boot !== readBoot()) return 'the machine was restarted since'
    if (mark.digest !== readFolderStamp(toClusterPaths(folder).data)) return 'its files have changed since'
    return undefined
  } catch {
    return 'its mark cannot be read'
  } finally {
    rmSync(file, { force: true })
  }
}

/** Marks a cluster as fit for the next run when it was stopped in order. Otherwise it gets no mark. */
export function writeCleanMark(folder: string): void {
  // The cluster's own control file tells how it stopped. The server's exit code does not: it is 0 also after the
  // order to drop everything at once.
  if (!isShutDown(toClusterPaths(folder).data)) return
  const digest = readFolderStamp(toClusterPaths(folder).data)
  const file = path.join(folder, 'clean')
  writeFileSync(`${file}.new`, JSON.stringify({ format: clusterFormat, boot: readBoot(), digest }))
  renameSync(`${file}.new`, file)
}

// `state` of `ControlFileData` (src/include/catalog/pg_control.h), where 1 is DB_SHUTDOWNED.
function isShutDown(data: string): boolean {
  return readFileSync(path.join(data, 'global', 'pg_control')).readInt32LE(16) === 1
}

/** The environment of every Postgres program. It holds nothing of ours, so no PG… variable reaches the program. */
export function toServerEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }
}
