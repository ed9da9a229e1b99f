import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeSnapshot } from '../capture/write-snapshot.ts'
import { toExampleSource, withTemporaryFolder } from '../testing/example-source.ts'
import { renderSnapshot } from './describe-snapshot.ts'

it('tells how many rows production had, where they were more', async () => {
  await withTemporaryFolder(async (parent) => {
    const { folder, manifest } = await writeSnapshot(join(parent, 'example'), toExampleSource())
    const tables = manifest.tables.map((table) =>
      table.name === 'bed' ? { ...table, sourceRows: 4100 } : table,
    )
    const text = renderSnapshot({ folder, manifest: { ...manifest, tables } }, null)
    expect(text).toContain('public.bed: 3 rows of 4,100 in production, ')
    expect(text).toContain('public.Ward: 2 rows, ')
  })
})
