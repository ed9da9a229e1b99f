import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { captureFailed } from './capture-failed.ts'

const run = promisify(execFile)

/** A pg_dump on this machine. */
export interface PgDump {
  readonly path: string
  readonly version: string
  readonly major: number
}

/** Looks for pg_dump on the PATH and where packages put it; it can read servers of its own version and of older ones. */
export async function findPgDump(
  serverMajor: number,
  folders?: readonly string[],
): Promise<{ readonly fitting: PgDump | undefined; readonly found: readonly PgDump[] }> {
  const found: PgDump[] = []
  for (const folder of folders ?? (await listFolders())) {
    const path = join(folder, 'pg_dump')
    const version = await run(path, ['--version']).then(
      ({ stdout }) => stdout.match(/(\d+)(\.\d+)?/)?.[0],
      () => undefined,
    )
    if (version !== undefined) found.push({ path, version, major: Number.parseInt(version, 10) })
  }
  // The nearest version, as a newer one writes for servers that are newer.
  const fitting = found.filter(({ major }) => major >= serverMajor).toSorted((a, b) => a.major - b.major)[0]
  return { fitting, found }
}

async function listFolders(): Promise<readonly string[]> {
  const versioned = [
    '/usr/lib/postgresql',
    '/usr/local',
    '/usr',
    '/opt/homebrew/opt',
    '/usr/local/opt',
    '/Library/PostgreSQL',
  ]
  const lists = await Promise.all(
    versioned.map(async (parent) => {
      const names = await readdir(parent).catch(() => [])
      return names
        .filter((name) => /^(pgsql-|postgresql@|pgsql|libpq)?\d*$/.test(name))
        .map((name) => join(parent, name, 'bin'))
    }),
  )
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...new Set([...path, ...lists.flat()])]
}

/**
 * The schema of an exported snapshot in two parts, without owners and rights, which a throw-away server does not know.
 * The password travels in the environment, where other users cannot read it as they can arguments.
 * @throws capture-failed
 */
export async function dumpSchema(
  path: string,
  { url, exported, source }: { readonly url: string; readonly exported: string; readonly source: string },
): Promise<{ readonly preData: string; readonly postData: string }> {
  const dump = async (section: string) => {
    const flags = [
      '--schema-only',
      `--section=${section}`,
      `--snapshot=${exported}`,
      '--no-owner',
      '--no-privileges',
    ]
    const less = [
      '--no-publications',
      '--no-subscriptions',
      '--no-security-labels',
      '--no-tablespaces',
      '--encoding=UTF8',
    ]
    try {
      const { stdout } = await run(path, [...flags, ...less], { env: toEnvironment(url), maxBuffer: 1 << 28 })
      return toPlainSql(stdout)
    } catch (error) {
      const said = String((error as { stderr?: string }).stderr ?? (error as Error).message)
        .trim()
        .split('\n')[0]
      throw captureFailed(
        source,
        `pg_dump refused: ${said}`,
        'See that the role may read all tables of the database.',
      )
    }
  }
  return { preData: await dump('pre-data'), postData: await dump('post-data') }
}

function toEnvironment(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const { PATH } = process.env
  return {
    ...(PATH !== undefined && { PATH }),
    PGHOST: decodeURIComponent(searchParams.get('host') ?? hostname),
    PGPORT: port === '' ? '5432' : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(searchParams.has('sslmode') && { PGSSLMODE: searchParams.get('sslmode') as string }),
    PGCLIENTENCODING: 'UTF8',
    LC_ALL: 'C',
  }
}

/**
 * A dump as any client can send it and as it is the same each time: without what only psql reads (`\restrict` with its random
 * word), without comments that name versions, and without settings, which the load makes itself.
 */
export function toPlainSql(dump: string): string {
  const kept: string[] = []
  // Inside of a function's body a line may begin like any of these.
  let quote: string | null = null
  for (const line of dump.split('\n')) {
    const isOurs = quote !== null || !DROPPED.test(line)
    if (isOurs) kept.push(line)
    for (const [tag] of line.matchAll(/\$[A-Za-z_0-9]*\$/g)) {
      if (quote === null) quote = tag
      else if (quote === tag) quote = null
    }
  }
  return `${kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

const DROPPED =
  /^(\\(un)?restrict\b|-- (Dumped|PostgreSQL database dump)|--$|SET (statement_timeout|lock_timeout|idle_in_transaction_session_timeout|transaction_timeout|client_encoding|standard_conforming_strings|check_function_bodies|xmloption|client_min_messages|row_security|default_tablespace)\b|SELECT pg_catalog\.set_config\('search_path')/
