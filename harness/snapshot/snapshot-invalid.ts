import type { FileDigest } from '../ground/file-digest.ts'
import { HarnessError } from '../model/error.ts'

/** One file of a snapshot that differs from its manifest. Neither text may hold row data. */
export interface FileFault {
  /** Relative to the snapshot folder. */
  readonly file: string
  readonly expected: string
  readonly found: string
}

/** The error for a folder that cannot be trusted. It is about the first faulty file by path and names the others. */
export function snapshotInvalid(
  snapshot: string,
  faults: readonly FileFault[],
): HarnessError<'snapshot-invalid'> {
  const [first, ...others] = faults.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
  if (!first) throw new RangeError('an invalid snapshot needs a fault')
  const more = others.length > 0 ? ` Also at fault: ${others.map((fault) => fault.file).join(', ')}.` : ''
  return new HarnessError(
    'snapshot-invalid',
    `Checking snapshot "${snapshot}": ${first.file}: expected ${first.expected}, found ${first.found}.${more}`,
    'Restore the folder from version control or make the snapshot again. Its files are never edited by hand.',
    { snapshot, ...first },
  )
}

/** What a manifest knows of a file: a size and a hash for data files, a hash for schema files. */
export interface ExpectedFile {
  readonly sha256: string
  readonly sizeBytes?: number
}

/** Says how a file differs from its manifest; null when it does not. The size comes first because it tells more. */
export function toDigestFault(file: string, expected: ExpectedFile, found: FileDigest): FileFault | null {
  if (expected.sizeBytes !== undefined && expected.sizeBytes !== found.sizeBytes) {
    return { file, expected: `${expected.sizeBytes} bytes`, found: `${found.sizeBytes} bytes` }
  }
  if (expected.sha256 === found.sha256) return null
  return { file, expected: `SHA-256 ${expected.sha256}`, found: `SHA-256 ${found.sha256}` }
}
