import { join } from 'node:path'
import type { Command } from 'commander'
import type { ReferenceSchema } from '../../model/checkpoint.ts'
import { HarnessError } from '../../model/error.ts'
import type { Scenario } from '../../model/scenario.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { startPostgres } from '../../postgres/start-postgres.ts'
import { renderVerified } from '../../proof/gate/render-verified.ts'
import { buildTargetSchema } from '../../stories/gate/build-target-schema.ts'
import { verifyTarget } from '../../stories/gate/verify-target.ts'
import { writeVerified } from '../../stories/gate/write-verified.ts'
import { tellVerified } from '../../stories/journal/tell-journal.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toJournalPlace } from '../journal-place.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'
import { orInterrupted, takeSignals } from '../take-signals.ts'
import { readTargetUrl, type TargetFlags } from '../target-url.ts'
import { toPhaseNumber } from '../to-phase-number.ts'

interface VerifyFlags extends TargetFlags {
  readonly final?: true
  readonly url?: string
  readonly authorizationEnv?: string
  readonly scenario?: string
  readonly proof?: string
  readonly allowWritingRole?: true
  readonly allowPooler?: true
  readonly newServer?: true
  readonly postgres: string
  readonly json?: true
}

/** `verify N`: is this target what phase N was proven to lead to? */
export function registerVerify(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('verify')
    .description('Hold a database, read-only, against the proven state after a phase that was applied to it.')
    .argument('[phase]', 'number of the phase that was applied last', toPhaseNumber)
    .option('--final', 'after the last phase: hold it against the target schema, too')
    .option('--target <url>', 'the database, by a role that can only read')
    .option('--target-env <variable>', 'environment variable that holds that URL')
    .option('--url <url>', 'base URL of the server on it, which is sent nothing but GET')
    .option('--authorization-env <variable>', 'environment variable with the Authorization header for it')
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--proof <file>', 'the proof to rely on; the newest under reports/, when left out')
    .option('--allow-writing-role', 'look with a role that could write; the session stays read-only')
    .option('--allow-pooler', 'look through a pooler')
    .option('--new-server', "the target's name may lead to another server than before")
    .addOption(toPostgresOption('server to build the target schema on, for --final'))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExit codes: 0 it is as proven, 1 it is not, 2 wrong usage, 3 could not decide.')
    .action(async (phase: number | undefined, flags: VerifyFlags) => finish(await verify(phase, flags)))
}

async function verify(number: number | undefined, flags: VerifyFlags): Promise<ExitCode> {
  const phase = toSubject(number, flags.final === true)
  const target = readTargetUrl(flags)
  const projectRoot = findProjectRoot()
  const scenario = await readScenario(
    chooseScenario(projectRoot, flags.scenario),
    projectRoot,
    importTypeScript,
  )
  const signal = takeSignals()
  const verified = await orInterrupted(
    signal,
    verifyTarget({
      scenario,
      phase,
      url: target,
      projectRoot,
      ...(flags.proof !== undefined && { proof: flags.proof }),
      ...(flags.url !== undefined && {
        web: { url: flags.url, authorization: readAuthorization(flags.authorizationEnv) },
      }),
      ...(scenario.target?.schema !== undefined && {
        buildTargetSchema: () => buildElsewhere(scenario, projectRoot, flags.postgres, signal),
      }),
      options: {
        allowWritingRole: flags.allowWritingRole === true,
        allowPooler: flags.allowPooler === true,
        newServer: flags.newServer === true,
      },
    }),
  )
  process.stdout.write(flags.json ? `${JSON.stringify(verified, null, 2)}\n` : renderVerified(verified))
  await tellVerified(await toJournalPlace(projectRoot), verified, writeVerified(projectRoot, verified))
  return verified.isVerified ? 0 : 1
}

function toSubject(phase: number | undefined, isFinal: boolean): number | 'final' {
  if (isFinal !== (phase === undefined)) {
    const message = isFinal ? 'Both a phase and --final were given.' : 'No phase was named.'
    const remedy = 'Name the phase that was applied last, or --final after the last of all.'
    throw new HarnessError('usage', message, remedy, { faults: [message] })
  }
  return phase ?? 'final'
}

function readAuthorization(variable: string | undefined): string | null {
  if (variable === undefined) return null
  const value = process.env[variable]
  if (value) return value
  const message = `The environment variable ${variable} is ${value === undefined ? 'not set' : 'empty'}.`
  throw new HarnessError('usage', message, 'Set it to the header: Bearer ….', { faults: [message] })
}

async function buildElsewhere(
  scenario: Scenario,
  projectRoot: string,
  postgres: string,
  signal: AbortSignal,
): Promise<ReferenceSchema> {
  const cacheFolder = join(projectRoot, '.phaseproof')
  const starting = startPostgres(parsePostgresChoice(postgres), { cacheFolder, progress: lineProgress })
  try {
    const server = await orInterrupted(signal, starting)
    return await orInterrupted(signal, buildTargetSchema(scenario, { server, projectRoot, cacheFolder }))
  } finally {
    await (await starting).stop()
  }
}
