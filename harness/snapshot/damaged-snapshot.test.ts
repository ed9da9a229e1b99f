import { mkdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSnapshot } from '../capture/write-snapshot.ts'
import { toSha256 } from '../ground/file-digest.ts'
import { sealManifest } from '../ground/snapshot-format/seal-manifest.ts'
import type { SnapshotManifest } from '../model/snapshot.ts'
import { toExampleSource, withTemporaryFolder } from '../testing/example-source.ts'
import { readSnapshot } from './read-snapshot.ts'

/** One file of each sort. */
const FILES = [
  'manifest.json',
  'policy.yaml',
  'schema/pre-data.sql',
  'schema/post-data.sql',
  'data/public.Ward.copy',
  'data/public.bed.copy',
]
const POLICY = 'format: 1\nclaims: none\n'

/** A snapshot such as a capture leaves: with a policy, a leak proof and a seal. */
async function withCaptured(
  body: (folder: string, original: SnapshotManifest) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (parent) => {
    const folder = join(parent, 'example')
    await writeSnapshot(folder, toExampleSource())
    // A second time, so that the policy is among the files of the digest.
    await writeFile(join(folder, 'policy.yaml'), POLICY)
    const { manifest } = await writeSnapshot(folder, toExampleSource())
    const sha256 = toSha256(POLICY)
    const checks = [{ name: 'raw values', passed: true, method: 'looked for', found: [] }]
    const { text, sealed } = sealManifest({
      ...manifest,
      policy: { sha256, claims: 'none', lists: { zip3: 'x' }, columns: [] },
      leakProof: { passed: true, digest: manifest.digest, policy: sha256, checks },
    })
    await writeFile(join(folder, 'manifest.json'), text)
    expect((await readSnapshot(folder)).manifest).toEqual(sealed)
    await body(folder, sealed)
  })
}

const read = (folder: string) =>
  readSnapshot(folder).then(
    () => 'taken for whole',
    (error) => error.code,
  )

describe.each(FILES)('a snapshot whose %s', (file) => {
  it('has one changed bit anywhere is refused', async () => {
    await withCaptured(async (folder) => {
      const path = join(folder, file)
      const bytes = await readFile(path)
      const step = Math.max(1, Math.floor(bytes.length / 100))
      for (let at = 0; at < bytes.length; at += step) {
        const flipped = Buffer.from(bytes)
        flipped[at] = (bytes[at] as number) ^ (1 << (at % 8))
        await writeFile(path, flipped)
        expect([at, await read(folder)]).toEqual([at, 'snapshot-invalid'])
      }
      await writeFile(path, bytes)
      expect(await read(folder)).toBe('taken for whole')
    })
  })

  const damages: readonly [claim: string, damage: (path: string, bytes: Buffer) => Promise<unknown>][] = [
    ['is empty', (path) => truncate(path, 0)],
    ['is cut in the middle', (path, bytes) => truncate(path, Math.floor(bytes.length / 2))],
    ['lacks its last byte', (path, bytes) => truncate(path, bytes.length - 1)],
    ['is longer by a line end', (path, bytes) => writeFile(path, Buffer.concat([bytes, Buffer.from('\n')]))],
    [
      'has the line ends of Windows',
      (path, bytes) => writeFile(path, bytes.toString().replaceAll('\n', '\r\n')),
    ],
    ['begins with a byte order mark', (path, bytes) => writeFile(path, `\uFEFF${bytes}`)],
    ['is missing', (path) => rm(path)],
    [
      'is a link to the same bytes elsewhere',
      async (path, bytes) => {
        await writeFile(join(dirname(path), '../../outside'), bytes)
        await rm(path)
        await symlink(join(dirname(path), '../../outside'), path)
      },
    ],
    [
      'is a folder',
      async (path) => {
        await rm(path)
        await mkdir(path)
      },
    ],
  ]
  it.each(damages)('%s is refused', async (_claim, damage) => {
    await withCaptured(async (folder) => {
      const path = join(folder, file)
      await damage(path, await readFile(path))
      expect(await read(folder)).toBe('snapshot-invalid')
    })
  })
})

describe('a snapshot', () => {
  it('whose files changed places is refused', async () => {
    await withCaptured(async (folder) => {
      for (const [a, b] of [
        ['data/public.Ward.copy', 'data/public.bed.copy'],
        ['schema/pre-data.sql', 'schema/post-data.sql'],
      ] as const) {
        const [first, second] = [join(folder, a), join(folder, b)]
        await rename(first, `${first}.x`)
        await rename(second, first)
        await rename(`${first}.x`, second)
        expect(await read(folder)).toBe('snapshot-invalid')
        await rename(first, `${first}.x`)
        await rename(second, first)
        await rename(`${first}.x`, second)
      }
      expect(await read(folder)).toBe('taken for whole')
    })
  })

  it.each(['data', 'schema'])('whose folder %s is a link to a folder elsewhere is refused', async (name) => {
    await withCaptured(async (folder) => {
      await rename(join(folder, name), join(folder, '..', name))
      await symlink(join(folder, '..', name), join(folder, name))
      expect(await read(folder)).toBe('snapshot-invalid')
    })
  })

  const edits: readonly [what: string, edit: (text: string) => string][] = [
    ['the order of columns', (text) => text.replace(/"id",\s+"name"/, '"name",\n        "id"')],
    ['the verdict of its proof', (text) => text.replace('"passed": true', '"passed": false')],
    ['the day it was taken', (text) => text.replace(/"takenAt": "20/, '"takenAt": "19')],
    ['what it says it was made of', (text) => text.replace('invented', 'masked')],
    ['only blanks', (text) => text.replaceAll('  ', '\t')],
    ['the name of its seal', (text) => text.replace('"seal"', '"seat"')],
  ]
  it.each(edits)('whose manifest was edited in %s is refused', async (_what, edit) => {
    await withCaptured(async (folder) => {
      const path = join(folder, 'manifest.json')
      const text = await readFile(path, 'utf8')
      expect(edit(text)).not.toBe(text)
      await writeFile(path, edit(text))
      expect(await read(folder)).toBe('snapshot-invalid')
    })
  })
})
