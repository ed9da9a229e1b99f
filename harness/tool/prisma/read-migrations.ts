import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { HarnessError } from '../../model/error.ts'
import type { Migration } from '../../model/history.ts'
import { toChecksum, toOtherChecksum } from './checksum.ts'

/** More faults than these do not help on a terminal. */
const FAULTS_NAMED = 12

/**
 * Reads a migrations folder in Prisma's layout, in no particular order. Every sub-folder is a migration; files beside
 * them are ignored.
 * @param projectRoot what `Migration.file` is relative to
 * @throws usage when the folder is missing; plan-invalid with all faults of the folder
 */
export async function readMigrations(folder: string, projectRoot: string): Promise<readonly Migration[]> {
  // A hidden sub-folder counts too: a deploy stops at it with P3015.
  const shown = toShownPath(folder, projectRoot)
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new HarnessError(
      'usage',
      `Reading the migrations folder ${shown}: ${toReadFault(cause)}.`,
      'Name the folder that holds migration_lock.toml and one sub-folder per migration.',
      { faults: [`${shown}: ${toReadFault(cause)}`] },
      { cause },
    )
  })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const read = await Promise.all(names.map((name) => readMigration(folder, name, projectRoot)))
  const faults = read.filter((result) => typeof result === 'string')
  if (faults.length > 0) {
    throw new HarnessError(
      'plan-invalid',
      `Reading the migrations of ${shown}: ${toFaultText(faults)}.`,
      'Give every sub-folder a migration.sql in UTF-8, or remove the sub-folder.',
      { scenario: shown, faults },
    )
  }
  return read.filter((result) => typeof result !== 'string')
}

async function readMigration(folder: string, name: string, projectRoot: string): Promise<Migration | string> {
  const path = join(folder, name, 'migration.sql')
  const file = toShownPath(path, projectRoot)
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    return `${file}: ${toReadFault(cause as NodeJS.ErrnoException)}`
  }
  try {
    // A byte order mark stays in the text: Postgres refuses it, so the replay must see it.
    const sql = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const checksums = { checksum: toChecksum(bytes), checksumOtherLineEndings: toOtherChecksum(sql) }
    return { name, file, sql, ...checksums }
  } catch {
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    return isUtf16 ? `${file}: UTF-16, as its first bytes say; save it as UTF-8` : `${file}: not UTF-8`
  }
}

/** Names the faults of at most a dozen folders. */
function toFaultText(faults: readonly string[]): string {
  const [first = ''] = faults
  if (faults.length === 1) return first
  const named = faults.slice(0, FAULTS_NAMED).map((fault) => `\n  - ${fault}`)
  const more = faults.length > FAULTS_NAMED ? `\n  and ${faults.length - FAULTS_NAMED} more` : ''
  return `${faults.length} faults:${named.join('')}${more}`
}

function toReadFault(cause: NodeJS.ErrnoException): string {
  switch (cause.code) {
    case 'ENOENT':
      return 'does not exist'
    case 'ENOTDIR':
      return 'is not a folder'
    case 'EISDIR':
      return 'is a folder, not a file'
    default:
      return `cannot be read (${cause.code ?? 'unknown error'})`
  }
}

function toShownPath(path: string, projectRoot: string): string {
  return relative(projectRoot, path).split(sep).join('/') || '.'
}
