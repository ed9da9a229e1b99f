import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listGenerated } from './list-generated.ts'

it('finds a client that was generated beside the package, hoisted or in a store of links', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'phaseproof-generated-')))
  const packages = join(folder, 'node_modules')
  const store = join(packages, '.pnpm/@prisma+client/node_modules')
  try {
    expect(listGenerated(packages)).toEqual([])
    mkdirSync(join(store, '@prisma/client'), { recursive: true })
    mkdirSync(join(store, '.prisma'))
    mkdirSync(join(packages, '@prisma'))
    symlinkSync(join(store, '@prisma/client'), join(packages, '@prisma/client'))
    expect(listGenerated(packages)).toEqual([join(store, '.prisma')])
    mkdirSync(join(packages, '.prisma'))
    expect(listGenerated(packages)).toEqual([join(packages, '.prisma'), join(store, '.prisma')])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
