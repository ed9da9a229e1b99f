import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { toSha256OfBytes } from '../../ground/file-digest.ts'
import type { StageManifest } from '../../model/stage.ts'
import { manifestFile, parseStageManifest } from './stage-manifest.ts'

/** A staged folder and everything in it that is not as it was staged. */
interface CheckedStage {
  readonly manifest: StageManifest
  readonly faults: readonly string[]
}

/** Holds a staged folder against its manifest; null where none was staged there. It only reads. */
export function checkStage(folder: string): CheckedStage | null {
  const file = join(folder, manifestFile)
  const parsed = existsSync(file) ? parseStageManifest(readFileSync(file, 'utf8')) : null
  if (parsed === null) return null
  const { manifest, isSealed } = parsed
  const stated = new Map(Object.entries(manifest.files))
  const present = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path !== manifestFile)
  const files = present.filter((path) => !lstatSync(join(folder, path)).isDirectory())
  const folders = new Set([...stated.keys()].flatMap(listParents))
  const faults = [
    ...(isSealed ? [] : [`${manifestFile} was changed`]),
    ...[...stated.keys()].filter((path) => !files.includes(path)).map((path) => `${path} is missing`),
    // An empty folder is a fault too: a deploy stops at one without a migration.
    ...present
      .filter((path) => !stated.has(path) && !folders.has(path))
      .map((path) => `${path} was not staged`),
    ...files.flatMap((path) => {
      const sha256 = stated.get(path)
      if (sha256 === undefined) return []
      const whole = join(folder, path)
      if (!lstatSync(whole).isFile()) return [`${path} is no regular file`]
      return toSha256OfBytes(readFileSync(whole)) === sha256 ? [] : [`${path} was changed`]
    }),
  ]
  return { manifest, faults }
}

function listParents(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
