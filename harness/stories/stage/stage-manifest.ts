import { toSha256 } from '../../ground/file-digest.ts'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import type { StageManifest } from '../../model/stage.ts'

/** Name of the manifest in a staged folder. */
export const manifestFile = 'phaseproof-stage.json'

/** The manifest with the seal that covers it, as text. */
export function renderManifest(manifest: StageManifest): string {
  return `${JSON.stringify({ ...manifest, seal: toSeal(manifest) }, null, 2)}\n`
}

/** A manifest as it was written, and whether its seal holds; null for what is none. */
export function parseStageManifest(
  text: string,
): { readonly manifest: StageManifest; readonly isSealed: boolean } | null {
  try {
    const { seal, ...manifest } = JSON.parse(text) as StageManifest & { readonly seal?: string }
    if (manifest.format !== 1 || typeof manifest.files !== 'object' || manifest.files === null) return null
    const whole = manifest as StageManifest
    return { manifest: whole, isSealed: seal === toSeal(whole) && text === renderManifest(whole) }
  } catch {
    return null
  }
}

function toSeal(manifest: StageManifest): string {
  return toSha256(toCanonicalJson(manifest))
}
