import type { SnapshotManifest } from '../../model/snapshot.ts'
import { toSha256 } from '../file-digest.ts'

/** SHA-256, hex, of all of a snapshot that a replay depends on: its files, and what the manifest alone says of production. */
export function toSnapshotIdentity({ digest, sequences }: SnapshotManifest): string {
  return sequences === undefined ? digest : toSha256(JSON.stringify([digest, sequences]))
}
