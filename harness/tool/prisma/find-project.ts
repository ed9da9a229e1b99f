import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { readInstalledVersion } from '../../ground/installed-package.ts'
import { HarnessError } from '../../model/error.ts'
import type { ToolProject } from '../../model/tool.ts'
import { findPrismaConfig, readPrismaConfig, refusePrisma8 } from './read-config.ts'
import { readSchemaFiles } from './read-schema-files.ts'

const usualPlaces = [
  'prisma/schema.prisma',
  'prisma/schema',
  'prisma',
  'schema.prisma',
  'src/prisma/schema.prisma',
]

/**
 * Finds the Prisma project of a package, in Prisma's own order; null when there is none.
 * @param folder of the package, relative to the root
 * @param schema a person's choice, relative to the root
 * @throws usage for Prisma 8, another database, a faulty configuration
 */
export async function readPrismaProject(
  root: string,
  folder: string,
  schema?: string,
): Promise<ToolProject | null> {
  const home = join(root, folder)
  const version = readInstalledVersion('prisma', home)
  if (Number.parseInt(version ?? '', 10) >= 8) throw refusePrisma8(home, `version ${version}`)
  const configFile = findPrismaConfig(home)
  const config = configFile === null ? null : await readPrismaConfig(home, configFile)
  const manifest = readManifestSchema(home)
  const found =
    (schema === undefined ? undefined : join(root, schema)) ??
    config?.schema ??
    (manifest === null ? undefined : join(home, manifest)) ??
    usualPlaces.map((place) => join(home, place)).find(holdsSchema)
  if (found === undefined) return null
  const datasource = await readDatasource(found)
  const migrations = config?.migrations?.path ?? join(datasource, 'migrations')
  if (existsSync(join(migrations, 'app'))) throw refusePrisma8(migrations, 'migrations/app/')
  const foundBy = config ? configFile : manifest === null ? null : 'package.json'
  const toShown = (path: string) => relative(root, path).split(sep).join('/') || '.'
  const title = version === null ? 'Prisma, which is not installed' : `Prisma ${version}`
  return {
    tool: 'prisma',
    title,
    folder,
    foundBy,
    schema: toShown(found),
    migrations: toShown(migrations),
    version,
  }
}

function readManifestSchema(home: string): string | null {
  const path = join(home, 'package.json')
  if (!existsSync(path)) return null
  const { prisma } = JSON.parse(readFileSync(path, 'utf8')) as { prisma?: { schema?: string } }
  return prisma?.schema ?? null
}

function holdsSchema(path: string): boolean {
  if (!existsSync(path)) return false
  if (statSync(path).isFile()) return true
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.prisma'))
}

/** Folder of the schema file with the `datasource` block: beside it Prisma keeps the migrations. */
async function readDatasource(schema: string): Promise<string> {
  const files = await readSchemaFiles(schema)
  const file = files.find(({ content }) => /^\s*datasource\s/m.test(content))
  const provider = /^\s*provider\s*=\s*"([^"]+)"/m.exec(
    /^\s*datasource\s[\s\S]*?^\s*\}/m.exec(file?.content ?? '')?.[0] ?? '',
  )?.[1]
  if (provider !== undefined && !/^postgres(ql)?$/.test(provider)) {
    const fault = `its provider is ${provider}`
    throw new HarnessError(
      'usage',
      `Read the Prisma schema ${schema}: ${fault}.`,
      'Phaseproof proves migrations of PostgreSQL only.',
      {
        faults: [fault],
      },
    )
  }
  if (statSync(schema).isFile()) return dirname(schema)
  return file ? dirname(join(schema, file.path)) : schema
}
