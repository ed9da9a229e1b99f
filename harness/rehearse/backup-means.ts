import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { toLibpq } from '../ground/client-programs.ts'
import { redact } from '../ground/redact.ts'
import { runProgram } from '../ground/run-program.ts'
import { maskValues } from '../ground/sql/mask-values.ts'
import { ProgramFailed } from '../model/ports.ts'
import type { BackupCommands } from '../model/scenario.ts'

/** How a database is backed up and brought back. Both methods give null, or the first line of what went wrong. */
export interface BackupMeans {
  /** For people: `pg_dump 17.4 of this machine`, `the scenario's own commands`. */
  readonly by: string
  backUp(url: string, file: string): Promise<string | null>
  /** @param drop removes the database with its sessions, for means that make it anew */
  restore(url: string, file: string, drop: () => Promise<void>): Promise<string | null>
}

/** Runs a client program, of this machine or in a container. Secrets stand in no argument. */
type RunClient = (
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
) => AsyncIterable<Buffer>

/**
 * PostgreSQL's own means: the database is dumped with its settings and rights, dropped, and made anew from the dump.
 * @param toHost the server's host as the program reaches it
 */
export function toClientMeans(
  by: string,
  run: RunClient,
  toHost: (host: string) => string = (host) => host,
): BackupMeans {
  const start = (url: string, command: readonly string[]) => {
    const { PGPASSWORD, ...environment } = toLibpq(url, 'phaseproof rehearsal')
    const secrets = PGPASSWORD === '' ? {} : { PGPASSWORD }
    return run(command, { ...environment, PGHOST: toHost(environment.PGHOST) }, secrets)
  }
  return {
    by,
    backUp: (url, file) =>
      toReason(() =>
        pipeline(
          start(url, ['pg_dump', '--format=custom', '--create']),
          createWriteStream(file, { mode: 0o600 }),
        ),
      ),
    restore: async (url, file, drop) => {
      await drop()
      const command = ['pg_restore', '--create', '--no-tablespaces', '--dbname=postgres', file]
      return toReason(() => drain(start(url, command)))
    },
  }
}

/** A team's own commands, with DATABASE_URL and FILE in their environment. They run without a shell, in `folder`. */
export function toCommandMeans({ dump, restore }: BackupCommands, folder: string): BackupMeans {
  const run = (command: readonly string[], url: string, file: string) =>
    toReason(() => {
      const env = { ...(process.env as Record<string, string>), DATABASE_URL: url, FILE: file }
      return drain(runProgram(command, { env, cwd: folder, toError: (said) => new ProgramFailed(said) }))
    })
  return {
    by: "the scenario's own commands",
    backUp: (url, file) => run(dump, url, file),
    restore: (url, file) => run(restore, url, file),
  }
}

async function drain(output: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of output);
}

async function toReason(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof ProgramFailed) return toFirstFault(error.message)
    throw error
  }
}

/** A program that is newer than the server sets what that server does not know yet, says so, and goes on. */
const HARMLESS = /unrecognized configuration parameter|^pg_restore: warning: /

/** The first line that tells a fault, without values of rows; null where the program only grumbled. */
export function toFirstFault(said: string): string | null {
  const lines = said.split('\n').map((line) => line.trim())
  const isClient = lines.some((line) => /^pg_\w+: /.test(line))
  const faults = isClient
    ? lines.filter((line) => /^pg_\w+: /.test(line))
    : lines.filter((line) => line !== '')
  const fault = faults.find((line) => !HARMLESS.test(line))
  if (fault === undefined) return null
  const category = /COPY failed|invalid input|out of range/.test(fault) ? '22' : ''
  return redact(maskValues(category, { message: fault, detail: null, hint: null }).message).slice(0, 300)
}
