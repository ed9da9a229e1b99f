import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { untilAskedToEnd } from '../../ground/signals.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { withPostgres } from '../../postgres/start-postgres.ts'
import { readPlan } from '../../stories/read-plan.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { type ServedCheckpoint, serveCheckpoint } from '../../stories/serve-checkpoint.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'

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
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--port <number>', 'port of the loopback address; 0 takes a free one', parseNumber, 0)
    .addOption(toPostgresOption())
    .action(async (flags: ServerFlags) => {
      await serve(flags)
      finish(0)
    })
}

/** Serves until a signal; one that comes before the server is up ends it as soon as it is, so that nothing stays half made. */
async function serve({ scenario: name, phase, postgres, port }: ServerFlags): Promise<void> {
  const projectRoot = findProjectRoot()
  const scenario = await readScenario(chooseScenario(projectRoot, name), projectRoot, importTypeScript)
  // Read here already, so that a wrong phase costs no server.
  await readPlan(scenario, phase, projectRoot)
  const ended = untilAskedToEnd()
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
