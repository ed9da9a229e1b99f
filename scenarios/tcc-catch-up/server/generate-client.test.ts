import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClientPlace, ensureClient } from './generate-client.ts'

describe('ensureClient', { timeout: 30_000 }, () => {
  let root: string
  let place: ClientPlace

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'phaseproof-client-'))
    place = {
      schema: join(root, 'migrations', 'x', 'schema.prisma'),
      link: join(root, 'generated', 'x-client'),
    }
    await mkdir(join(root, 'migrations', 'x'), { recursive: true })
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('makes one whole client when called twice at once, in place of a folder made by hand', async () => {
    await mkdir(place.link, { recursive: true })
    await writeFile(join(place.link, 'client.ts'), 'made by hand')
    await writeFile(place.schema, toSchema('Lantern'))
    await Promise.all([ensureClient(place), ensureClient(place)])
    expect((await lstat(place.link)).isSymbolicLink()).toBe(true)
    expect(await readFile(join(place.link, 'models.ts'), 'utf8')).toContain('Lantern')
    expect(await readdir(join(root, 'generated'))).toHaveLength(2)
  })

  it('leaves the client alone while the schema stays the same', async () => {
    const before = await lstat(place.link)
    await ensureClient(place)
    expect((await lstat(place.link)).ino).toBe(before.ino)
  })

  it('makes a client again when somebody generated another through the link', async () => {
    const core = join(place.link, 'internal', 'class.ts')
    const made = await readFile(core, 'utf8')
    await writeFile(core, 'of another schema')
    await ensureClient(place)
    expect(await readFile(core, 'utf8')).toBe(made)
  })

  it('moves the link to a client of the changed schema and keeps the former for its readers', async () => {
    const former = await readlink(place.link)
    await writeFile(place.schema, toSchema('Beacon'))
    await ensureClient(place)
    expect(await readFile(join(place.link, 'models.ts'), 'utf8')).toContain('Beacon')
    expect(await readdir(join(root, 'generated'))).toContain(former)
  })

  it('passes on what Prisma says about a broken schema and leaves nothing half-made', async () => {
    await writeFile(place.schema, `${toSchema('Beacon')}\nmodel Broken { id Int }\n`)
    await expect(ensureClient(place)).rejects.toThrow(/Broken/)
    expect(await readFile(join(place.link, 'models.ts'), 'utf8')).toContain('Beacon')
    expect((await readdir(join(root, 'generated'))).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('names the schema that is missing', async () => {
    await rm(place.schema)
    await expect(ensureClient(place)).rejects.toThrow(/found no schema at .*schema\.prisma\.\nRestore/)
  })
})

function toSchema(model: string): string {
  return `generator client {
  provider            = "prisma-client"
  output              = "../../generated/x-client"
  importFileExtension = "ts"
}
datasource db {
  provider = "postgresql"
}
model ${model} {
  id String @id
}
`
}
