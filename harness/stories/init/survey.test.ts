import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { survey } from './survey.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-survey-'))
  const schema = 'datasource db {\n  provider = "postgresql"\n}\n'
  write({
    'package.json': JSON.stringify({ scripts: { start: 'node .' }, dependencies: { express: '5' } }),
    'packages/db/package.json': '{}',
    'packages/db/prisma/schema.prisma': schema,
    'packages/billing/package.json': '{}',
    'packages/billing/prisma/schema.prisma': schema,
  })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

const nobody = async () => null

describe('a survey of a repository', () => {
  it('asks which schema is meant where there are several', async () => {
    const asked: string[] = []
    const found = await survey({
      root,
      databaseOnly: true,
      choose: async (question, answers) => {
        asked.push(question, ...answers)
        return 1
      },
    })
    expect(asked).toEqual([
      'Which schema is to be proven?',
      'packages/billing/prisma/schema.prisma',
      'packages/db/prisma/schema.prisma',
    ])
    expect(found.project).toMatchObject({
      folder: 'packages/db',
      migrations: 'packages/db/prisma/migrations',
    })
  })

  it('names them where nobody can be asked', async () => {
    await expect(survey({ root, databaseOnly: true, choose: nobody })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('packages/billing/prisma/schema.prisma, packages/db'),
      remedy: expect.stringContaining('--schema packages/billing'),
    })
  })

  it('takes the schema that a person names, and the first server unless it is left out', async () => {
    const request = { root, schema: 'packages/db/prisma', choose: nobody }
    const withServer = await survey({ ...request, databaseOnly: false })
    expect(withServer.project).toMatchObject({ schema: 'packages/db/prisma' })
    expect(withServer.server).toMatchObject({ framework: 'Express', script: 'start' })
    expect((await survey({ ...request, databaseOnly: true })).server).toBeNull()
  })

  it('says where it looked when there is no project', async () => {
    rmSync(join(root, 'packages'), { recursive: true })
    await expect(survey({ root, databaseOnly: true, choose: nobody })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('prisma/schema.prisma in the root.'),
    })
  })

  it('starts from the empty database where there is no snapshot', async () => {
    const { starts } = await survey({
      root,
      schema: 'packages/db/prisma',
      databaseOnly: true,
      choose: nobody,
    })
    expect(starts).toEqual([{ name: 'from-empty', snapshot: null, recorded: [] }])
  })
})
