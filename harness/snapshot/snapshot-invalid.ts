import type { FileDigest } from '../ground/file-digest.ts'
import { HarnessError } from '../model/error.ts'

/** One file of a snapshot that is not what the manifest says. Neither text may hold row data. */
export interface FileFault {
  /** Relative to the snapshot folder. */
  readonly file: string
  readonly expected: string
  readonly found: string
}

/** The error for a folder that cannot be trusted: about the first faulty file in the order of paths, naming the others. */
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

/** What a manifest knows of a file: data files have a size, schema files only a hash. */
export interface ExpectedFile {
  readonly sha256: string
  readonly sizeBytes?: number
}

/** How a file differs from what the manifest knows of it, the size first, which tells more; null when it does not. */
export function toDigestFault(file: string, expected: ExpectedFile, found: FileDigest): FileFault | null {
  if (expected.sizeBytes !== undefined && expected.sizeBytes !== found.sizeBytes) {
    return { file, expected: `${expected.sizeBytes} bytes`, found: `${found.sizeBytes} bytes` }
  }
  if (expected.sha256 === found.sha256) return null
  return { file, expected: `SHA-256 ${expected.sha256}`, found: `SHA-256 ${found.sha256}` }
}
