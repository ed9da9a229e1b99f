import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { withPostgres } from '../../postgres/start-postgres.ts'
import { readPlan } from '../../stories/read-plan.ts'
import { nameFirstScenario, readScenario } from '../../stories/read-scenario.ts'
import { type ServedCheckpoint, serveCheckpoint } from '../../stories/serve-checkpoint.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import { parsePostgresChoice } from '../../vitest/run-options.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'

interface ServerFlags {
  readonly scenario?: string
  readonly phase: number
  readonly postgres: string
  readonly port: number
}

/** `server --phase <n>`: the scenario's server on a clone of a checkpoint, for a person to look around. */
export function registerServer(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('server')
    .description("Serve the scenario's API on a clone of the database after a phase; ends with Ctrl-C.")
    .requiredOption('--phase <number>', 'phase after which to look', parseNumber)
    .option('--scenario <name>', 'folder under scenarios/; the first one when left out')
    .option('--port <number>', 'port of the loopback address; 0 takes a free one', parseNumber, 0)
    .option(
      '--postgres <where>',
      'auto, testcontainers, embedded, or a URL made for this',
      process.env.PHASEPROOF_POSTGRES ?? 'auto',
    )
    .action(async (flags: ServerFlags) => {
      await serve(flags)
      finish(0)
    })
}

/** Serves until a signal; one that comes before the server is up ends it as soon as it is, so that nothing stays half made. */
async function serve({ scenario: name, phase, postgres, port }: ServerFlags): Promise<void> {
  const projectRoot = process.cwd()
  const scenario = await readScenario(name ?? nameFirstScenario(projectRoot), projectRoot, importTypeScript)
  // Read here already, so that a wrong phase costs no server.
  await readPlan(scenario, phase, projectRoot)
  const ended = awaitSignal()
  const cacheFolder = join(projectRoot, '.phaseproof')
  await withPostgres(parsePostgresChoice(postgres), { cacheFolder, progress: lineProgress }, (server) =>
    serveCheckpoint(
      { scenario, upTo: phase, fresh: false, strict: false, keep: 'nothing' },
      { server, projectRoot, cacheFolder, progress: lineProgress, load: importTypeScript },
      port,
      async (served) => {
        process.stdout.write(`\n${describeServed(served)}\n`)
        await ended
      },
    ),
  )
}

/** The first signal that asks the process to end; a second one ends it at once. */
function awaitSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}

function describeServed({ url, page, logins }: ServedCheckpoint): string {
  return [
    `  ${url}`,
    ...(page === null ? [] : [`  ${page}`]),
    ...logins.map(({ kind, path, body }) => `  ${kind}: POST ${path} ${JSON.stringify(body)}`),
    '  Ctrl-C ends it; what was written is gone with the clone.',
  ].join('\n')
}

function parseNumber(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take a number.')
}
