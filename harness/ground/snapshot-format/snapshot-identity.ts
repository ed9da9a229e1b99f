import type { SnapshotManifest } from '../../model/snapshot.ts'
import { toSha256 } from '../file-digest.ts'

/** SHA-256, hex, of all of a snapshot that a replay depends on: its files, and what the manifest alone says of production. */
export function toSnapshotIdentity({
  digest,
  sequences,
  conditions,
}: Pick<SnapshotManifest, 'digest' | 'sequences' | 'conditions'>): string {
  if (sequences === undefined && conditions === undefined) return digest
  return toSha256(JSON.stringify([digest, sequences ?? null, conditions ?? null]))
}
