import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ToolChoice } from '../../model/tool.ts'
import { chooseVersion } from './choose-version.ts'

let projectRoot: string
beforeEach(() => {
  projectRoot = mkdtempSync(join(tmpdir(), 'phaseproof-version-'))
})
afterEach(() => rmSync(projectRoot, { recursive: true }))

function put(file: string, content: object): void {
  mkdirSync(dirname(join(projectRoot, file)), { recursive: true })
  writeFileSync(join(projectRoot, file), JSON.stringify(content))
}

const choose = (choice: Partial<ToolChoice> = {}) =>
  chooseVersion(
    { name: 'prisma', ...choice },
    { scenario: 'shop', projectRoot, migrations: 'packages/db/prisma/migrations' },
  )

describe('the version', () => {
  it('is the one the scenario names, before all others', async () => {
    put('node_modules/prisma/package.json', { version: '7.10.0' })
    expect(await choose({ version: '6.5.0' })).toEqual({
      version: '6.5.0',
      order: { by: 'bytes' },
      transactionRule: 'one-batch',
    })
  })

  it('is the installed one, nearest to the migrations', async () => {
    put('package.json', { devDependencies: { prisma: '5.22.0' } })
    put('node_modules/prisma/package.json', { version: '7.3.0' })
    expect(await choose()).toMatchObject({ version: '7.3.0', transactionRule: 'one-batch' })
    put('packages/db/node_modules/prisma/package.json', { version: '7.10.0' })
    expect(await choose()).toEqual({
      version: '7.10.0',
      order: { by: 'locale', locale: 'en-US' },
      transactionRule: 'per-statement',
    })
  })

  it('is the range of a package.json where none is installed', async () => {
    put('package.json', { devDependencies: { prisma: '^7.4.0' } })
    expect(await choose()).toMatchObject({ version: '^7.4.0', transactionRule: 'per-statement' })
    put('packages/db/package.json', { dependencies: { prisma: '~6.5.0' } })
    expect(await choose()).toMatchObject({ version: '~6.5.0', order: { by: 'bytes' } })
  })

  it.for([
    ['nowhere', {}, 'no version is named, none is installed, and no package.json asks for one'],
    [
      'a range whose versions differ',
      { 'package.json': { dependencies: { prisma: '^6.0.0' } } },
      'package.json has "^6.0.0", whose versions do not all replay alike',
    ],
    [
      'a version without known rules',
      { 'node_modules/prisma/package.json': { version: '8.1.0' } },
      'node_modules/prisma/package.json has "8.1.0"; rules are known of Prisma 5.0 to 7.x',
    ],
  ] as const)('is a fault of the plan when it is %s', async ([, files, fault]) => {
    for (const [file, content] of Object.entries(files)) put(file, content)
    await expect(choose()).rejects.toMatchObject({
      code: 'plan-invalid',
      message: expect.stringContaining(fault),
      remedy: expect.stringContaining("version: '7.10.0'"),
      context: { scenario: 'shop', faults: [fault] },
    })
  })
})

describe('the locale', () => {
  it('is the one the scenario names', async () => {
    expect(await choose({ version: '7.10.0', locale: 'da' })).toMatchObject({
      order: { by: 'locale', locale: 'da' },
    })
  })

  it.for(['tlh', 'not a locale'])('is a fault of the plan when it is %s', async (locale) => {
    await expect(choose({ version: '7.10.0', locale })).rejects.toMatchObject({
      code: 'plan-invalid',
      message: expect.stringContaining(locale),
    })
  })
})
