import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { toExampleSource, withTemporaryFolder } from '../testing/example-source.ts'
import { writeSnapshot } from './write-snapshot.ts'

async function readAll(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')])),
  )
}

describe('writeSnapshot', () => {
  it('writes the same bytes for the same source', async () => {
    await withTemporaryFolder(async (parent) => {
      await writeSnapshot(join(parent, 'a'), toExampleSource())
      await writeSnapshot(
        join(parent, 'b'),
        toExampleSource({ tables: toExampleSource().tables.toReversed() }),
      )
      expect(await readAll(join(parent, 'b'))).toEqual(await readAll(join(parent, 'a')))
    })
  })

  it('reads rows that arrive one by one', async () => {
    await withTemporaryFolder(async (parent) => {
      const rows = async function* () {
        for (let id = 0; id < 5000; id += 1) yield `${id}\t${'x'.repeat(40)}`
      }
      const table = { namespace: 'public', name: 'ward', columns: ['id', 'name'], rows: rows() }
      const tables = [{ ...table, sourceRows: 9000 }]
      const { manifest } = await writeSnapshot(join(parent, 'a'), toExampleSource({ tables }))
      expect(manifest.tables[0]).toMatchObject({ rows: 5000, sourceRows: 9000, sizeBytes: 5000 * 42 + 18890 })
      await readSnapshot(join(parent, 'a'))
    })
  })

  it('replaces what was there and leaves nothing beside it', async () => {
    await withTemporaryFolder(async (parent) => {
      await writeSnapshot(join(parent, 'a'), toExampleSource())
      await writeSnapshot(join(parent, 'a'), toExampleSource({ tables: [] }))
      expect((await readSnapshot(join(parent, 'a'))).manifest.tables).toEqual([])
      expect(await readdir(parent)).toEqual(['a'])
    })
  })

  it('keeps the policy of the folder it replaces', async () => {
    await withTemporaryFolder(async (parent) => {
      await writeSnapshot(join(parent, 'a'), toExampleSource())
      await writeFile(join(parent, 'a/policy.yaml'), 'tables: {}\n')
      await writeSnapshot(join(parent, 'a'), toExampleSource())
      await readSnapshot(join(parent, 'a'))
      expect(await readFile(join(parent, 'a/policy.yaml'), 'utf8')).toBe('tables: {}\n')
    })
  })

  it('leaves the old snapshot whole when a row cannot be read', async () => {
    await withTemporaryFolder(async (parent) => {
      await writeSnapshot(join(parent, 'a'), toExampleSource())
      const before = await readAll(join(parent, 'a'))
      const rows = function* () {
        yield '1\tEast'
        throw new Error('the source went away')
      }
      const tables = [{ namespace: 'public', name: 'Ward', columns: ['id', 'name'], rows: rows() }]
      await expect(writeSnapshot(join(parent, 'a'), toExampleSource({ tables }))).rejects.toThrow('went away')
      expect(await readAll(join(parent, 'a'))).toEqual(before)
      expect(await readdir(parent)).toEqual(['a'])
    })
  })
})
