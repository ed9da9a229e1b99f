import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { putBack, swapIn, toIncoming } from './swap-in.ts'

async function withFolders(body: (parent: string, folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (parent) => {
    const folder = join(parent, 'example')
    for (const [path, text] of [
      [folder, 'old'],
      [toIncoming(folder), 'new'],
    ] as const) {
      await mkdir(path)
      await writeFile(join(path, 'file'), text)
    }
    await body(parent, folder)
  })
}

it('puts the new folder in the place of the old, and leaves nothing else', async () => {
  await withFolders(async (parent, folder) => {
    await swapIn(toIncoming(folder), folder)
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('new')
    expect(await readdir(parent)).toEqual(['example'])
  })
})

it('puts the old folder back after a kill between taking it away and putting the new one there', async () => {
  await withFolders(async (parent, folder) => {
    await rename(folder, join(parent, '.example.outgoing'))
    await putBack(folder)
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('old')
    await swapIn(toIncoming(folder), folder)
    expect(await readdir(parent)).toEqual(['example'])
  })
})

it('does not put an old folder back over a new one', async () => {
  await withFolders(async (parent, folder) => {
    await rename(folder, join(parent, '.example.outgoing'))
    await rename(toIncoming(folder), folder)
    await putBack(folder)
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('new')
  })
})
