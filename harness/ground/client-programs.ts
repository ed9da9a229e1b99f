import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { runProgram } from './run-program.ts'

const run = promisify(execFile)

/** A client program of PostgreSQL on this machine. */
export interface ClientProgram {
  readonly path: string
  readonly version: string
  readonly major: number
}

/** Finds a client program, such as `pg_dump`, on the PATH and where packages put it. */
export async function findPrograms(
  name: string,
  folders?: readonly string[],
): Promise<readonly ClientProgram[]> {
  const found: ClientProgram[] = []
  for (const folder of folders ?? (await listFolders())) {
    const path = join(folder, name)
    const version = await run(path, ['--version']).then(
      ({ stdout }) => stdout.match(/(\d+)(\.\d+)?/)?.[0],
      () => undefined,
    )
    if (version !== undefined) found.push({ path, version, major: Number.parseInt(version, 10) })
  }
  return found
}

/** The program that can read a server of this major, of the nearest version: a newer one writes for servers that are newer. */
export function nearestOf(found: readonly ClientProgram[], serverMajor: number): ClientProgram | undefined {
  return found.filter(({ major }) => major >= serverMajor).toSorted((a, b) => a.major - b.major)[0]
}

/** Runs a client program of this machine. Only its own user can read its environment, unlike its arguments. */
export function runHere(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
  toError: (said: string) => Error,
): AsyncGenerator<Buffer> {
  const { PATH } = process.env
  return runProgram(command, {
    env: { ...(PATH !== undefined && { PATH }), ...environment, ...secrets },
    toError,
  })
}

/** The PATH, and the folders where packages put client programs. */
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

/** The host of a connection string, or the folder of its socket. */
export function toHostOf(url: string): string {
  const { hostname, searchParams } = new URL(url)
  // An IPv6 address stands in brackets in a URL, and in none for libpq.
  return decodeURIComponent(searchParams.get('host') ?? hostname).replace(/^\[(.*)\]$/, '$1')
}

/** A connection string as the environment that client programs read; the password is told apart, as it may stand nowhere else. */
export function toLibpq(url: string, applicationName: string) {
  const { port, username, password, pathname, searchParams } = new URL(url)
  return {
    PGHOST: toHostOf(url),
    PGPORT: port === '' ? '5432' : port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGAPPNAME: applicationName,
    ...(searchParams.has('sslmode') && { PGSSLMODE: searchParams.get('sslmode') as string }),
    PGCLIENTENCODING: 'UTF8',
    LC_ALL: 'C',
  }
}
