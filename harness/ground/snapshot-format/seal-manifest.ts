import type { SnapshotManifest } from '../../model/snapshot.ts'
import { toSha256 } from '../file-digest.ts'

const OPEN = '0'.repeat(64)
const SEAL = /"seal": "[0-9a-f]{64}"/

/** A manifest with its seal, and the text of `manifest.json`. The seal stands last and covers every byte. */
export function sealManifest(manifest: SnapshotManifest): {
  readonly sealed: SnapshotManifest
  readonly text: string
} {
  const seal = toSha256(toText({ ...manifest, seal: OPEN }))
  const sealed = { ...manifest, seal }
  return { sealed, text: toText(sealed) }
}

/** Says how a text of `manifest.json` differs from the sealed one; null when it does not, or has no seal. */
export function findBrokenSeal(
  text: string,
  { seal }: SnapshotManifest,
): { readonly expected: string; readonly found: string } | null {
  if (seal === undefined) return null
  const found = toSha256(text.replace(SEAL, `"seal": "${OPEN}"`))
  return found === seal
    ? null
    : { expected: `a text with the seal ${seal}`, found: `a text with the seal ${found}` }
}

function toText(manifest: SnapshotManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}
