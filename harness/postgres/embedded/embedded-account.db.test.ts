import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentProgress } from '../../model/ports.ts'
import { makeTemporaryCacheFolder, type TemporaryCacheFolder } from '../../testing/temporary-cache-folder.ts'
import { withPostgres } from '../start-postgres.ts'
import { readServerAccount } from './embedded-account.ts'
import { ensureRunnable, readBinaries } from './embedded-binaries.ts'

const timeout = 60_000
let cache: TemporaryCacheFolder
beforeEach(() => {
  cache = makeTemporaryCacheFolder()
})
afterEach(() => cache.remove())

/** A copy of the installed programs as a blocked install script leaves them: without links. */
function copyPrograms(): string {
  const native = path.join(cache.folder, 'installed/native')
  const lib = path.join(native, 'lib')
  cpSync(readBinaries().native, native, { recursive: true, verbatimSymlinks: true })
  for (const entry of readdirSync(lib, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(path.join(lib, entry.name))
  }
  return native
}

it('the programs run where they are installed though their install script was blocked', { timeout }, () => {
  const native = copyPrograms()
  const found = { ...readBinaries(), native }
  expect(ensureRunnable(found, readServerAccount(), cache.folder).native).toBe(native)
})

// Only root can have what its server cannot reach.
describe.runIf(process.getuid?.() === 0)('as root', { timeout }, () => {
  it('programs that the server account cannot reach are copied once, and again when a file of the copy is missing', () => {
    const found = { ...readBinaries(), native: copyPrograms() }
    chmodSync(path.dirname(found.native), 0o700)
    const copied = ensureRunnable(found, readServerAccount(), cache.folder)
    expect(copied.native).not.toBe(found.native)
    expect(copied.native).toContain(cache.folder)
    rmSync(path.join(copied.native, 'lib/libpq.so.5'))
    expect(ensureRunnable(found, readServerAccount(), cache.folder)).toEqual(copied)
    expect(readdirSync(path.join(copied.native, 'lib'))).toContain('libpq.so.5')
  })

  it('a cache folder that the server account cannot enter is replaced by one in a temporary folder, which is told', async () => {
    const closed = path.join(cache.folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const steps: string[] = []
    const progress = { ...silentProgress, step: (text: string) => steps.push(text) }
    const start = () =>
      withPostgres('embedded', { cacheFolder: path.join(closed, 'cache'), progress }, async (postgres) => {
        expect(postgres.persistent).toBe(true)
        if ((await postgres.listDatabases()).length === 0) {
          await postgres.createDatabase('phaseproof_kept', { mark: 'a' })
          return 'created'
        }
        return 'kept'
      })
    const folder = () => steps[0]?.match(/files are in (.*)$/)?.[1] ?? ''
    try {
      expect(await start()).toBe('created')
      expect(await start()).toBe('kept')
      expect(folder()).toContain('phaseproof-0-')
    } finally {
      if (folder() !== '') rmSync(folder(), { recursive: true })
    }
  })
})
