import { join } from 'node:path'
import type { Command } from 'commander'
import { HarnessError } from '../../model/error.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { startPostgres } from '../../postgres/start-postgres.ts'
import { renderHistoryTable } from '../../proof/render-history.ts'
import { auditScenario, isUntrue } from '../../stories/history/audit-scenario.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'
import { orInterrupted, takeSignals } from '../take-signals.ts'

interface HistoryFlags {
  readonly scenario?: string
  readonly snapshot?: string
  readonly url?: string
  readonly env?: string
  readonly postgres: string
  readonly json?: true
}

/** `history`: holds what a history records against what is there. */
export function registerHistory(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('history')
    .description('Hold the history of a snapshot or a database against the effects of its migrations.')
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--snapshot <folder>', "another snapshot than the scenario's")
    .option('--url <url>', 'a database instead of a snapshot; only its catalogs and its history are read')
    .option('--env <variable>', 'environment variable that holds that URL, so that no shell remembers it')
    .addOption(toPostgresOption())
    .option('--json', 'print the audit as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 the history is true, 1 a row lies or a deploy stops at it, 2 wrong usage, 3 could not decide.',
    )
    .action(async (flags: HistoryFlags) => finish(await showHistory(flags)))
}

async function showHistory({
  scenario: name,
  snapshot,
  url: given,
  env,
  postgres,
  json,
}: HistoryFlags): Promise<ExitCode> {
  if ([snapshot, given, env].filter((subject) => subject !== undefined).length > 1) {
    const message = 'Asked for the history of more than one snapshot or database at once.'
    const remedy = 'Give one of --snapshot, --url and --env.'
    throw new HarnessError('usage', message, remedy, { faults: [message] })
  }
  const url = env === undefined ? given : readUrl(env)
  const projectRoot = findProjectRoot()
  const cacheFolder = join(projectRoot, '.phaseproof')
  const read = await readScenario(chooseScenario(projectRoot, name), projectRoot, importTypeScript)
  const scenario = snapshot === undefined ? read : { ...read, snapshot }
  const signal = takeSignals()
  const starting = startPostgres(parsePostgresChoice(postgres), { cacheFolder, progress: lineProgress })
  try {
    const server = await orInterrupted(signal, starting)
    const place = { server, projectRoot, cacheFolder, progress: lineProgress }
    const subject = { scenario, ...(url !== undefined && { url }) }
    const { audit, limits } = await orInterrupted(signal, auditScenario(subject, place))
    const text = json
      ? JSON.stringify({ scenario: scenario.name, ...audit, limits }, null, 2)
      : [renderHistoryTable(audit), ...limits.map((limit) => `  limit: ${limit}`)].join('\n')
    process.stdout.write(`${text}\n`)
    return audit.migrations.some(isUntrue) || audit.obstacles.length > 0 ? 1 : 0
  } finally {
    await (await starting).stop()
  }
}

function readUrl(variable: string): string {
  const url = process.env[variable]
  if (url) return url
  const message = `The environment variable ${variable} is ${url === undefined ? 'not set' : 'empty'}.`
  const remedy = `Set it to the connection string of a role that can read: ${variable}=postgresql://…`
  throw new HarnessError('usage', message, remedy, { faults: [message] })
}
