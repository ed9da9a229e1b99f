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
