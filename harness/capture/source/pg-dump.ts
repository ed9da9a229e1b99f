import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { StatementSplitter } from '../../ground/split-statements.ts'
import { ProgramFailed } from '../../model/ports.ts'

const run = promisify(execFile)

/** A pg_dump on this machine. */
interface PgDump {
  readonly path: string
  readonly version: string
  readonly major: number
}

/** Finds pg_dump on the PATH and where packages put it. It can read servers of its own version and older ones. */
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

/** The PATH, and the folders where packages put client programs. */
export async function listFolders(): Promise<readonly string[]> {
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

/** What pg_dump reads, and how long it may wait. */
export interface DumpRequest {
  readonly url: string
  /** Name of the exported snapshot. */
  readonly exported: string
  /** Longest wait for a lock that somebody else holds. */
  readonly lockTimeoutMs: number
}

/**
 * Runs pg_dump with arguments and an environment. The password is separate, so nobody can see it among the arguments.
 */
export type RunPgDump = (
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
) => Promise<string>

/** Runs a pg_dump of this machine. Only its own user can read its environment, unlike its arguments. */
export function toLocalRun(path: string, signal?: AbortSignal): RunPgDump {
  return async (flags, environment, secrets) => {
    const { PATH } = process.env
    const env = { ...(PATH !== undefined && { PATH }), ...environment, ...secrets }
    try {
      return (await run(path, flags, { env, maxBuffer: 1 << 28, ...(signal && { signal }) })).stdout
    } catch (error) {
      signal?.throwIfAborted()
      const said = String((error as { stderr?: string }).stderr ?? (error as Error).message)
      throw new ProgramFailed(said.trim().split('\n')[0])
    }
  }
}

/**
 * Dumps the schema of an exported snapshot in two parts, without owners and rights, which are read from the catalogs.
 * @param toHost the server's host as the program sees it
 * @throws ProgramFailed
 */
export async function dumpSchema(
  runPgDump: RunPgDump,
  { url, exported, lockTimeoutMs }: DumpRequest,
  toHost: (host: string) => string = (host) => host,
): Promise<{ readonly preData: string; readonly postData: string }> {
  const dump = async (section: string) => {
    const flags = [
      '--schema-only',
      `--section=${section}`,
      `--snapshot=${exported}`,
      `--lock-wait-timeout=${Math.round(lockTimeoutMs)}`,
      '--no-owner',
      '--no-privileges',
      '--no-publications',
      '--no-subscriptions',
      '--no-security-labels',
      '--no-tablespaces',
      '--encoding=UTF8',
    ]
    const { PGPASSWORD, ...environment } = toEnvironment(url)
    const secrets = PGPASSWORD === '' ? {} : { PGPASSWORD }
    return toPlainSql(await runPgDump(flags, { ...environment, PGHOST: toHost(environment.PGHOST) }, secrets))
  }
  return { preData: await dump('pre-data'), postData: await dump('post-data') }
}

/** The host of a connection string, or the folder of its socket. */
export function toHostOf(url: string): string {
  const { hostname, searchParams } = new URL(url)
  // An IPv6 address stands in brackets in a URL, and in none for libpq.
  return decodeURIComponent(searchParams.get('host') ?? hostname).replace(/^\[(.*)\]$/, '$1')
}

function toEnvironment(url: string) {
  const { port, username, password, pathname, searchParams } = new URL(url)
  return {
    PGHOST: toHostOf(url),
    PGPORT: port === '' ? '5432' : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGAPPNAME: 'phaseproof snapshot',
    ...(searchParams.has('sslmode') && { PGSSLMODE: searchParams.get('sslmode') as string }),
    PGCLIENTENCODING: 'UTF8',
    LC_ALL: 'C',
  }
}

/** A dump as any client can send it and as it is equal each time. */
export function toPlainSql(dump: string): string {
  // Left out are what only psql reads (`\restrict` with its random word), comments that name versions, settings,
  // which the load makes itself, and user mappings.
  const kept: string[] = []
  // Inside of a function's body a line may begin like any of those that are dropped.
  const splitter = new StatementSplitter()
  for (const line of dump.split('\n')) {
    if (splitter.isBetween && DROPPED.test(line)) continue
    splitter.add(line)
    kept.push(line)
  }
  const sql = kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return `${withoutUserMappings(sql)}\n`
}

/** Removes mappings to accounts on other servers. They hold passwords and are useless without that server. */
function withoutUserMappings(sql: string): string {
  if (!/^CREATE USER MAPPING\b/m.test(sql)) return sql
  const splitter = new StatementSplitter()
  const statements = `${sql}\n`.split('\n').flatMap((line) => splitter.add(line))
  const kept = statements.filter((statement) => !/^\s*CREATE USER MAPPING\b/.test(statement))
  return kept.map((statement) => `${statement.trim()};`).join('\n\n')
}

const DROPPED =
  /^(\\(un)?restrict\b|-- (Dumped|PostgreSQL database dump)|--$|SET (statement_timeout|lock_timeout|idle_in_transaction_session_timeout|transaction_timeout|client_encoding|standard_conforming_strings|check_function_bodies|xmloption|client_min_messages|row_security|default_tablespace)\b|SELECT pg_catalog\.set_config\('search_path')/
