import type { RoleDescription } from './cluster.ts'
import type { AppliedPolicy, LeakProof } from './policy.ts'
import type { RecordedAnswer } from './precondition.ts'

/**
 * `manifest.json` of a snapshot folder: what the folder holds, and the digests that prove it complete and unchanged.
 */
export interface SnapshotManifest {
  readonly format: 1
  readonly name: string
  /** When the source was read, ISO 8601. */
  readonly takenAt: string
  /** Version of the server it was read from. */
  readonly postgres: { readonly version: string; readonly major: number }
  readonly tables: readonly SnapshotTable[]
  /** Roles that the database refers to, and their groups, without passwords; absent where only their names may be known. */
  readonly roles?: readonly RoleDescription[]
  /** Role that owns production's database; absent where it is not known. */
  readonly databaseOwner?: string
  /** SHA-256 of each schema file, hex, keyed by path relative to the folder. */
  readonly schema: { readonly 'schema/pre-data.sql': string; readonly 'schema/post-data.sql': string }
  /** SHA-256 over the sorted list of `<sha256>  <path>` lines of all files but the manifest, hex. */
  readonly digest: string
  /** Where the sequences of production stood; absent in snapshots that do not know. */
  readonly sequences?: readonly SequencePosition[]
  /** What production's database is beside its schema; absent in snapshots that do not know. */
  readonly conditions?: DatabaseConditions
  /** How personal data was removed, in words that a reviewer can check. */
  readonly sanitised: { readonly method: string; readonly by: string }
  /** The policy of the capture; absent in snapshots of invented data. */
  readonly policy?: AppliedPolicy
  /** What a scenario's statements need of the source's rows, counted there: numbers only. Absent when no scenario was named. */
  readonly preconditions?: readonly RecordedAnswer[]
  /** The proof that nothing leaked; absent in snapshots of invented data. */
  readonly leakProof?: LeakProof
  /**
   * SHA-256 of the text of `manifest.json` with 64 zeros in this place, hex; absent in snapshots that were not
   * captured.
   */
  readonly seal?: string
}

/** What changes the meaning of SQL and is no part of a schema. */
export interface DatabaseConditions {
  /** `UTF8`, `LATIN1`. */
  readonly encoding: string
  /** Provider and name of the locale that texts are sorted and compared by: `libc de_DE.utf8`, `icu de-DE`, `builtin C.UTF-8`. */
  readonly locale: string
  readonly settings: readonly DatabaseSetting[]
  readonly extensions: readonly { readonly name: string; readonly version: string }[]
}

/** A setting that a session of a database begins with, as `SHOW` prints it. */
export interface DatabaseSetting {
  readonly name: string
  readonly value: string
}

/** Where a sequence of production stood. */
export interface SequencePosition {
  readonly namespace: string
  readonly name: string
  /** last_value, as text; null where the values of its column are masked, beside which the number means nothing. */
  readonly lastValue: string | null
  readonly isCalled: boolean
  /** True when its next value was one that its column had reached already: the next insert may collide. */
  readonly behind: boolean
}

export interface SnapshotTable {
  readonly namespace: string
  readonly name: string
  /** `data/<namespace>.<table>.copy`, COPY text format. */
  readonly file: string
  /** Column names in the order of the file. */
  readonly columns: readonly string[]
  readonly rows: number
  /** Rows that the table had in production, where those were more; the number that `--scale` multiplies to. */
  readonly sourceRows?: number
  readonly sizeBytes: number
  readonly sha256: string
}

/** A snapshot whose files were checked against its manifest. */
export interface Snapshot {
  /** Absolute path of the folder. */
  readonly folder: string
  readonly manifest: SnapshotManifest
}
