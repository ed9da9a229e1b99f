import { appendFile, mkdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSnapshot } from '../capture/write-snapshot.ts'
import { toFolderDigest } from '../ground/folder-digest.ts'
import { HarnessError } from '../model/error.ts'
import { toExampleSource, withTemporaryFolder } from '../testing/example-source.ts'
import { readSnapshot } from './read-snapshot.ts'

const WARD = 'data/public.Ward.copy'
const POST_DATA = 'schema/post-data.sql'

/** Writes the example snapshot, lets `damage` spoil it, and gives the error of reading it. */
async function readDamaged(
  damage: (folder: string) => Promise<unknown>,
): Promise<HarnessError<'snapshot-invalid'>> {
  return withTemporaryFolder(async (parent) => {
    const folder = join(parent, 'example')
    await writeSnapshot(folder, toExampleSource())
    await damage(folder)
    const error = await readSnapshot(folder).catch((error) => error)
    expect(error).toBeInstanceOf(HarnessError)
    expect(error.code).toBe('snapshot-invalid')
    expect(error.remedy).not.toBe('')
    return error
  })
}

async function editManifest(
  folder: string,
  edit: (manifest: Record<string, unknown>) => void,
): Promise<void> {
  const path = join(folder, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  edit(manifest)
  await writeFile(path, JSON.stringify(manifest))
}

describe('readSnapshot', () => {
  it('accepts what was written', async () => {
    await withTemporaryFolder(async (parent) => {
      const written = await writeSnapshot(join(parent, 'example'), toExampleSource())
      expect(await readSnapshot(join(parent, 'example'))).toEqual(written)
    })
  })

  it('accepts an empty table list', async () => {
    await withTemporaryFolder(async (parent) => {
      await writeSnapshot(join(parent, 'example'), toExampleSource({ tables: [] }))
      expect((await readSnapshot(join(parent, 'example'))).manifest.tables).toEqual([])
    })
  })

  const damages: readonly {
    claim: string
    damage: (folder: string) => Promise<unknown>
    file: string
    expected: string | RegExp
    found: string | RegExp
  }[] = [
    {
      claim: 'refuses a truncated data file',
      damage: (folder) => truncate(join(folder, WARD), 9),
      file: WARD,
      expected: '16 bytes',
      found: '9 bytes',
    },
    {
      claim: 'refuses a data file with one changed byte',
      damage: async (folder) => {
        const text = await readFile(join(folder, WARD), 'utf8')
        await writeFile(join(folder, WARD), text.replace('North', 'Forth'))
      },
      file: WARD,
      expected: /^SHA-256 [0-9a-f]{64}$/,
      found: /^SHA-256 [0-9a-f]{64}$/,
    },
    {
      claim: 'refuses a changed schema file',
      damage: (folder) => appendFile(join(folder, POST_DATA), '-- one more line\n'),
      file: POST_DATA,
      expected: /^SHA-256/,
      found: /^SHA-256/,
    },
    {
      claim: 'refuses a missing data file',
      damage: (folder) => rm(join(folder, WARD)),
      file: WARD,
      expected: 'a file',
      found: 'no such file',
    },
    {
      claim: 'refuses a missing schema file',
      damage: (folder) => rm(join(folder, POST_DATA)),
      file: POST_DATA,
      expected: 'a file',
      found: 'no such file',
    },
    {
      claim: 'refuses a file that the manifest does not list',
      damage: (folder) => writeFile(join(folder, 'data/public.extra.copy'), ''),
      file: 'data/public.extra.copy',
      expected: 'only files that the manifest lists',
      found: 'a file it does not list',
    },
    {
      claim: 'refuses a file an operating system left',
      damage: (folder) => writeFile(join(folder, '.DS_Store'), ''),
      file: '.DS_Store',
      expected: 'only files that the manifest lists',
      found: 'a file it does not list',
    },
    {
      claim: 'refuses a file in a folder of its own',
      damage: async (folder) => {
        await mkdir(join(folder, 'data/old'))
        await writeFile(join(folder, 'data/old/x.copy'), '')
      },
      file: 'data/old/x.copy',
      expected: 'only files that the manifest lists',
      found: 'a file it does not list',
    },
    {
      claim: 'refuses a link in place of a file',
      damage: async (folder) => {
        await rename(join(folder, WARD), join(folder, '../elsewhere'))
        await symlink(join(folder, '../elsewhere'), join(folder, WARD))
      },
      file: WARD,
      expected: 'a regular file',
      found: 'a link or special file',
    },
    {
      claim: 'refuses a digest of the whole that does not fit',
      damage: (folder) =>
        editManifest(folder, (manifest) => Object.assign(manifest, { digest: 'a'.repeat(64) })),
      file: 'manifest.json',
      expected: `digest of the whole ${'a'.repeat(64)}`,
      found: /^files that give [0-9a-f]{64}$/,
    },
    {
      claim: 'refuses a policy that came later',
      damage: (folder) => writeFile(join(folder, 'policy.yaml'), 'tables: {}\n'),
      file: 'policy.yaml',
      expected: /^digest of the whole/,
      found: /^files that give/,
    },
    {
      claim: 'refuses a manifest that is not JSON',
      damage: (folder) => truncate(join(folder, 'manifest.json'), 40),
      file: 'manifest.json',
      expected: 'a manifest of format 1',
      found: /^is not JSON: /,
    },
    {
      claim: 'refuses a manifest of another format',
      damage: (folder) => editManifest(folder, (manifest) => Object.assign(manifest, { format: 2 })),
      file: 'manifest.json',
      expected: 'a manifest of format 1',
      found: 'format: should be 1, the only format known here, is a number',
    },
    {
      claim: 'refuses a folder without a manifest',
      damage: (folder) => rm(join(folder, 'manifest.json')),
      file: 'manifest.json',
      expected: 'a file',
      found: 'no such file',
    },
    {
      claim: 'refuses a folder that is not there',
      damage: (folder) => rm(folder, { recursive: true }),
      file: 'manifest.json',
      expected: 'a snapshot folder',
      found: 'ENOENT',
    },
  ]
  it.each(damages)('$claim', async ({ damage, file, expected, found }) => {
    const error = await readDamaged(damage)
    expect(error.context).toMatchObject({ snapshot: 'example', file })
    expect(error.context.expected).toMatch(expected)
    expect(error.context.found).toMatch(found)
    expect(error.message).toContain(file)
  })

  it('names every faulty file, the first by path with its evidence', async () => {
    const error = await readDamaged(async (folder) => {
      await rm(join(folder, WARD))
      await appendFile(join(folder, POST_DATA), ' ')
      await writeFile(join(folder, 'notes.txt'), '')
    })
    expect(error.context.file).toBe(WARD)
    expect(error.message).toContain(`Also at fault: notes.txt, ${POST_DATA}.`)
  })
})

describe('toFolderDigest', () => {
  it('does not depend on the order of the files', () => {
    const files: readonly [string, string][] = [
      ['a', '2'.repeat(64)],
      ['b', '1'.repeat(64)],
    ]
    expect(toFolderDigest(new Map(files))).toBe(toFolderDigest(new Map(files.toReversed())))
  })
  it('depends on the name of a file', () => {
    const sha256 = '1'.repeat(64)
    expect(toFolderDigest(new Map([['a', sha256]]))).not.toBe(toFolderDigest(new Map([['b', sha256]])))
  })
})
