import type { LeakProof, Policy } from '../../model/policy.ts'
import type { SnapshotManifest } from '../../model/snapshot.ts'
import { type LeakOptions, proveNoLeak, type SourceReader, toLeakProof } from './prove-no-leak.ts'

/** A snapshot that was written and has not taken its place yet. */
export interface CapturedFiles {
  readonly folder: string
  readonly manifest: SnapshotManifest
  readonly policy: Policy
  /** Reads the source at the moment that was captured. */
  readonly source: SourceReader
}

/** The leak proof as the last step of a capture, while the source can still be read at the same moment. */
export function toCaptureProof(options: LeakOptions): (captured: CapturedFiles) => Promise<LeakProof> {
  return async ({ folder, manifest, policy, source }) => {
    const checks = await proveNoLeak({ folder, tables: manifest.tables, policy }, source, options)
    return toLeakProof(checks, { digest: manifest.digest, policy: manifest.policy?.sha256 ?? '' })
  }
}
