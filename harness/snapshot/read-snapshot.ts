import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { atOnce } from '../ground/at-once.ts'
import { readFileDigest } from '../ground/file-digest.ts'
import { toFolderDigest } from '../ground/folder-digest.ts'
import { parseManifest } from '../ground/snapshot-format/parse-manifest.ts'
import { findBrokenSeal } from '../ground/snapshot-format/seal-manifest.ts'
import type { Snapshot, SnapshotManifest } from '../model/snapshot.ts'
import { type ExpectedFile, type FileFault, snapshotInvalid, toDigestFault } from './snapshot-invalid.ts'

const FILES_AT_ONCE = 4

/**
 * Reads a snapshot folder and proves it complete and unchanged: the manifest's shape and seal, the set of files, each
 * file's size and SHA-256. It reads every byte once. Rows are counted on loading.
 * @throws snapshot-invalid about the first faulty file, naming the others
 */
export async function readSnapshot(folder: string): Promise<Snapshot> {
  const absolute = resolve(folder)
  const label = basename(absolute)
  const present = await readEntries(absolute, label)
  const manifest = await readManifest(absolute, label)
  const expected = toExpectedFiles(manifest)

  const faults: FileFault[] = []
  const optional = new Set(['manifest.json', 'policy.yaml'])
  for (const [path, entry] of present) {
    if (!expected.has(path) && !optional.has(path)) {
      faults.push({
        file: path,
        expected: 'only files that the manifest lists',
        found: 'a file it does not list',
      })
    } else if (!entry.isFile()) {
      faults.push({ file: path, expected: 'a regular file', found: 'a link or special file' })
    }
  }
  for (const path of expected.keys()) {
    if (!present.has(path)) faults.push({ file: path, expected: 'a file', found: 'no such file' })
  }

  const toHash = [...expected.keys(), 'policy.yaml'].filter((path) => present.get(path)?.isFile())
  const sha256ByPath = new Map<string, string>()
  await atOnce(FILES_AT_ONCE, toHash, async (path) => {
    const found = await readFileDigest(join(absolute, path)).catch((error: NodeJS.ErrnoException) => error)
    if (found instanceof Error) {
      faults.push({ file: path, expected: 'a readable file', found: found.code ?? found.message })
      return
    }
    sha256ByPath.set(path, found.sha256)
    const known = expected.get(path)
    const fault = known && toDigestFault(path, known, found)
    if (fault) faults.push(fault)
  })
  if (faults.length > 0) throw snapshotInvalid(label, faults)

  const digest = toFolderDigest(sha256ByPath)
  if (digest !== manifest.digest) {
    // Every listed file fits its own hash, so only what nothing else covers can be at fault.
    const file = present.has('policy.yaml') ? 'policy.yaml' : 'manifest.json'
    throw snapshotInvalid(label, [
      { file, expected: `digest of the whole ${manifest.digest}`, found: `files that give ${digest}` },
    ])
  }
  return { folder: absolute, manifest }
}

async function readEntries(folder: string, label: string): Promise<ReadonlyMap<string, Dirent>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return new Map(
      entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => [relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'), entry]),
    )
  } catch (error) {
    throw snapshotInvalid(label, [
      {
        file: 'manifest.json',
        expected: 'a snapshot folder',
        found: (error as NodeJS.ErrnoException).code ?? 'none',
      },
    ])
  }
}

async function readManifest(folder: string, label: string): Promise<SnapshotManifest> {
  const file = 'manifest.json'
  const text = await readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    const found = error.code === 'ENOENT' ? 'no such file' : (error.code ?? error.message)
    throw snapshotInvalid(label, [{ file, expected: 'a file', found }])
  })
  const parsed = parseManifest(text)
  if (!parsed.ok) {
    const found = parsed.faults.join('; ')
    throw snapshotInvalid(label, [{ file, expected: 'a manifest of format 1', found }])
  }
  const broken = findBrokenSeal(text, parsed.manifest)
  if (broken) throw snapshotInvalid(label, [{ file, ...broken }])
  return parsed.manifest
}

function toExpectedFiles(manifest: SnapshotManifest): ReadonlyMap<string, ExpectedFile> {
  return new Map<string, ExpectedFile>([
    ...Object.entries(manifest.schema).map(([path, sha256]) => [path, { sha256 }] as const),
    ...manifest.tables.map((table) => [table.file, table] as const),
  ])
}
