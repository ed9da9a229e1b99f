import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findInstalled } from '../../ground/installed-package.ts'
import { HarnessError } from '../../model/error.ts'

/** What we use of a `prisma.config.ts`: absolute paths. */
interface PrismaConfig {
  readonly schema?: string
  readonly migrations?: { readonly path?: string }
}

interface LoadedConfig {
  readonly config?: PrismaConfig
  readonly error?: { readonly _tag: string; readonly error?: Error }
}
interface ConfigPackage {
  loadConfigFromFile(input: { configFile: string; configRoot: string }): Promise<LoadedConfig>
}

const extensions = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts']
/** In the order in which Prisma 7.10 looks for them. Source: `@prisma/config`, `loadConfigFromFile`. */
const names = [
  'prisma7.config',
  '.config/prisma7',
  'prisma.config',
  '.config/prisma',
  '.config/prisma.config',
]
/** A URL that leads nowhere, for configurations that insist on one while they are read. */
const PLACEHOLDER = 'postgresql://nobody@127.0.0.1:1/nowhere'

/** Path of the Prisma configuration in a folder, relative to it; null when there is none. */
export function findPrismaConfig(folder: string): string | null {
  const candidates = names.flatMap((name) => extensions.map((extension) => `${name}.${extension}`))
  return candidates.find((name) => existsSync(join(folder, name))) ?? null
}

/**
 * Loads a Prisma configuration with the repository's own Prisma. Unset environment variables that it asks for get the URL of no
 * database meanwhile.
 * @throws usage when Prisma is missing, is version 8, or the configuration does not load
 */
export async function readPrismaConfig(folder: string, file: string): Promise<PrismaConfig> {
  const path = join(folder, file)
  if (/\bdefinePrismaConfig\b/.test(readFileSync(path, 'utf8')))
    throw refusePrisma8(path, 'definePrismaConfig')
  const loadConfigFromFile = await importLoader(folder, path)
  const borrowed: string[] = ['DATABASE_URL'].filter((name) => process.env[name] === undefined)
  try {
    for (;;) {
      for (const name of borrowed) process.env[name] = PLACEHOLDER
      const { config, error } = await loadConfigFromFile({ configFile: path, configRoot: folder })
      if (config) return config
      const message = error?.error?.message ?? error?._tag ?? 'unknown error'
      const missing = /Cannot resolve environment variable: (\w+)/.exec(message)?.[1]
      if (missing === undefined || borrowed.includes(missing))
        throw refuse(path, message, 'Mend it, then run again.')
      borrowed.push(missing)
    }
  } finally {
    for (const name of borrowed) delete process.env[name]
  }
}

/** The error for a repository that migrates with Prisma 8, whose migrations are no folders of SQL. */
export function refusePrisma8(where: string, sign: string): HarnessError<'usage'> {
  return refuse(
    where,
    `it is one of Prisma 8 (${sign}), which is not supported`,
    'Phaseproof replays migrations of Prisma 5, 6 and 7; keep one of those for now.',
  )
}

async function importLoader(folder: string, path: string): Promise<ConfigPackage['loadConfigFromFile']> {
  const prisma = findInstalled('prisma', folder)
  const from = prisma === null ? null : join(realpathSync(prisma), 'package.json')
  try {
    if (from === null) throw new Error('the package prisma is not installed there')
    return (createRequire(from)('@prisma/config') as ConfigPackage).loadConfigFromFile
  } catch (cause) {
    const text = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw refuse(path, text, 'Install the dependencies of the repository first, then run again.')
  }
}

function refuse(where: string, fault: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', `Read the Prisma configuration ${where}: ${fault}.`, remedy, {
    faults: [fault],
  })
}
