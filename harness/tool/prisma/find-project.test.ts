import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPrismaProject } from './find-project.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-find-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

/** A stand-in for the repository's own Prisma, whose loader reads JSON. */
function installPrisma(version: string): void {
  write({
    'node_modules/prisma/package.json': JSON.stringify({ version }),
    'node_modules/@prisma/config/package.json': '{"main":"index.js"}',
    'node_modules/@prisma/config/index.js': `
      exports.loadConfigFromFile = async ({ configFile, configRoot }) => {
        const text = require('node:fs').readFileSync(configFile, 'utf8')
        const missing = (text.match(/env\\('(\\w+)'\\)/g) ?? []).map((part) => part.slice(5, -2)).find((name) => !process.env[name])
        if (missing) return { error: { _tag: 'ConfigLoadError', error: new Error('Cannot resolve environment variable: ' + missing + '.') } }
        const at = (key) => { const [, value] = text.match(new RegExp(key + ": '([^']+)'")) ?? []; return value && require('node:path').join(configRoot, value) }
        return { config: { schema: at('schema'), migrations: { path: at('path') } } }
      }`,
  })
}

const schema = 'datasource db {\n  provider = "postgresql"\n}\n'

describe('the Prisma project of a package', () => {
  it.for<[string, Record<string, string>, object]>([
    [
      'in the usual place',
      { 'prisma/schema.prisma': schema },
      { schema: 'prisma/schema.prisma', migrations: 'prisma/migrations', foundBy: null },
    ],
    [
      'named by package.json',
      {
        'package.json': '{"prisma":{"schema":"db/main.prisma"}}',
        'db/main.prisma': schema,
        'prisma/schema.prisma': schema,
      },
      { schema: 'db/main.prisma', migrations: 'db/migrations', foundBy: 'package.json' },
    ],
    [
      'a folder of files, its migrations beside the file with the datasource',
      {
        'prisma/schema/models/user.prisma': 'model User {\n id Int @id\n}\n',
        'prisma/schema/base.prisma': schema,
      },
      { schema: 'prisma/schema', migrations: 'prisma/schema/migrations' },
    ],
    [
      'by its configuration, which wins over package.json and asks for variables that are not set',
      {
        'prisma.config.ts': `schema: 'db/schema.prisma', path: 'db/steps', url: env('DATABASE_URL'), x: env('NOT_SET_ANYWHERE')`,
        'package.json': '{"prisma":{"schema":"other.prisma"}}',
        'db/schema.prisma': schema,
      },
      { schema: 'db/schema.prisma', migrations: 'db/steps', foundBy: 'prisma.config.ts', version: '7.10.0' },
    ],
    [
      'by the configuration of Prisma 7 before any other',
      {
        'prisma.config.ts': `schema: 'prisma/schema.prisma'`,
        'prisma7.config.ts': `schema: 'db/schema.prisma'`,
        'prisma/schema.prisma': schema,
        'db/schema.prisma': schema,
      },
      { schema: 'db/schema.prisma', foundBy: 'prisma7.config.ts' },
    ],
  ])('is found %s', async ([, files, expected]) => {
    installPrisma('7.10.0')
    write(files)
    expect(await readPrismaProject(root, '.')).toMatchObject(expected)
    expect(process.env.NOT_SET_ANYWHERE).toBeUndefined()
  })

  it('is the one that a person names', async () => {
    write({ 'prisma/schema.prisma': schema, 'old/schema.prisma': schema })
    expect(await readPrismaProject(root, '.', 'old/schema.prisma')).toMatchObject({
      migrations: 'old/migrations',
    })
  })

  it('is none where there is no schema', async () => {
    write({ 'package.json': '{}' })
    expect(await readPrismaProject(root, '.')).toBeNull()
  })

  it.for<[string, string, Record<string, string>, string]>([
    ['its version', '8.0.1', { 'prisma/schema.prisma': schema }, 'Prisma 8 (version 8.0.1)'],
    [
      'its configuration',
      '7.10.0',
      { 'prisma.config.ts': 'export default definePrismaConfig({})' },
      'definePrismaConfig',
    ],
    [
      'its migrations',
      '7.10.0',
      { 'prisma/schema.prisma': schema, 'prisma/migrations/app/x.json': '{}' },
      'migrations/app/',
    ],
  ])('is refused as one of Prisma 8 by %s', async ([, version, files, sign]) => {
    installPrisma(version)
    write(files)
    await expect(readPrismaProject(root, '.')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(sign),
      remedy: expect.stringContaining('5, 6 and 7'),
    })
  })

  it('is refused when its database is another', async () => {
    write({ 'prisma/schema.prisma': schema.replace('postgresql', 'mysql') })
    await expect(readPrismaProject(root, '.')).rejects.toMatchObject({
      message: expect.stringContaining('mysql'),
    })
  })

  it('is refused with a configuration while Prisma is not installed', async () => {
    write({ 'prisma.config.ts': 'export default {}', 'prisma/schema.prisma': schema })
    await expect(readPrismaProject(root, '.')).rejects.toMatchObject({
      remedy: expect.stringContaining('Install the dependencies'),
    })
  })
})
