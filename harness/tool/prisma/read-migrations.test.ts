import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMigrations } from './read-migrations.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'phaseproof-migrations-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), content)
}

const read = () => readMigrations(join(root, 'migrations'), root)

describe('readMigrations', () => {
  it('takes names with spaces, with "lock", short and equal timestamps, and no files', async () => {
    const names = ['2_b', '20240101_a', '20240101_B', '20240101 c d', 'unlock_doors', 'é', 'Z']
    for (const name of names) await put(`migrations/${name}/migration.sql`, `-- ${name}`)
    await put('migrations/migration_lock.toml', 'provider = "postgresql"\n')
    await put('migrations/.gitkeep', '')
    expect(new Set((await read()).map(({ name }) => name))).toEqual(new Set(names))
  })

  it('keeps text and checksum of the very bytes, with byte order mark and CRLF', async () => {
    await put('migrations/1/migration.sql', '\uFEFFselect 1;\r\n')
    const [migration] = await read()
    expect(migration).toMatchObject({
      name: '1',
      file: 'migrations/1/migration.sql',
      sql: '\uFEFFselect 1;\r\n',
      checksum: '0ce1a315e8d453541dfee34a980aa24a148ea8cd68ebf96a4b4dde51391e2307',
    })
  })

  it('lists every folder without a readable migration.sql', async () => {
    await mkdir(join(root, 'migrations/1_empty'), { recursive: true })
    await put('migrations/2_latin/migration.sql', new Uint8Array([0x2d, 0x2d, 0xe9]))
    await mkdir(join(root, 'migrations/3_folder/migration.sql'), { recursive: true })
    await put('migrations/4_good/migration.sql', '')
    await put('migrations/.hidden/notes.txt', '')
    await expect(read()).rejects.toMatchObject({
      code: 'plan-invalid',
      message: expect.stringMatching(
        /4 faults:\n {2}- .*\.hidden.*\n {2}- .*1_empty.*\n {2}- .*2_latin.*\n {2}- .*3_folder/,
      ),
      context: {
        faults: [
          'migrations/.hidden/migration.sql: does not exist',
          'migrations/1_empty/migration.sql: does not exist',
          'migrations/2_latin/migration.sql: not UTF-8',
          'migrations/3_folder/migration.sql: is a folder, not a file',
        ],
      },
    })
  })

  it('names at most a dozen folders and counts the rest', async () => {
    const names = Array.from({ length: 15 }, (_, position) => `${10 + position}_a`)
    for (const name of names) await mkdir(join(root, 'migrations', name), { recursive: true })
    await expect(read()).rejects.toThrow(/15 faults:(\n {2}- .+){12}\n {2}and 3 more\.$/)
  })

  it('says that a file which a shell wrote as UTF-16 is UTF-16', async () => {
    await put('migrations/1/migration.sql', new Uint8Array([0xff, 0xfe, 0x2d, 0x00, 0x2d, 0x00]))
    await expect(read()).rejects.toThrow('UTF-16, as its first bytes say; save it as UTF-8')
  })

  it('says that a missing folder is missing', async () => {
    await expect(read()).rejects.toMatchObject({
      code: 'usage',
      message: 'Reading the migrations folder migrations: does not exist.',
    })
  })
})
