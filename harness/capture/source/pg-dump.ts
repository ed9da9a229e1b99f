import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type ClientProgram, findPrograms, nearestOf, toLibpq } from '../../ground/client-programs.ts'
import { StatementSplitter } from '../../ground/split-statements.ts'
import { ProgramFailed } from '../../model/ports.ts'

const run = promisify(execFile)

/** Finds pg_dump on the PATH and where packages put it. It can read servers of its own version and older ones. */
export async function findPgDump(
  serverMajor: number,
  folders?: readonly string[],
): Promise<{ readonly fitting: ClientProgram | undefined; readonly found: readonly ClientProgram[] }> {
  const found = await findPrograms('pg_dump', folders)
  return { fitting: nearestOf(found, serverMajor), found }
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
    const { PGPASSWORD, ...environment } = toLibpq(url, 'phaseproof snapshot')
    const secrets = PGPASSWORD === '' ? {} : { PGPASSWORD }
    return toPlainSql(await runPgDump(flags, { ...environment, PGHOST: toHost(environment.PGHOST) }, secrets))
  }
  return { preData: await dump('pre-data'), postData: await dump('post-data') }
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
