import { type Command, InvalidArgumentError } from 'commander'
import { renderProof } from '../../proof/render-proof.ts'
import { readPlan } from '../../stories/read-plan.ts'
import { nameFirstScenario, readScenario } from '../../stories/read-scenario.ts'
import { readSnapshotOf } from '../../stories/read-snapshot-of.ts'
import { readProbeOptions } from '../../vitest/probe-options.ts'
import type { ReportedRun } from '../../vitest/proof-reporter.ts'
import { defaultRunOptions, parsePostgresChoice, type RunOptions } from '../../vitest/run-options.ts'
import { codeOfVerdict, type ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'

/** Flags of `prove`, as the command line parses them. */
export interface ProveFlags {
  readonly scenario?: string
  readonly postgres: string
  readonly fresh?: true
  readonly strict?: true
  readonly keep?: true
  readonly contracts: boolean
  readonly watch?: true
  readonly json?: true
  readonly matrix?: true
  readonly scale?: true | string
  readonly reporter?: string[]
  readonly testNamePattern?: string
}

/** `prove <phase>`: replays phases 1..n on the snapshot and judges each. */
export function registerProve(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('prove')
    .description('Replay the phases up to <phase> on the snapshot and judge each of them.')
    .argument('<phase>', 'number of the last phase, or "all"', parsePhase)
    .option('--scenario <name>', 'folder under scenarios/; the first one when left out')
    .option(
      '--postgres <where>',
      'auto, testcontainers, embedded, or a URL made for this',
      process.env.PHASEPROOF_POSTGRES ?? 'auto',
    )
    .option('--fresh', 'ignore checkpoints of earlier runs')
    .option('--strict', "refuse a server whose Postgres major is not the snapshot's")
    .option('--keep', 'keep the database of every phase, not only of a failed one')
    .option(
      '--scale [tables]',
      'multiply rows by invented copies: of all tables to what production had, or of "trips,units=50000,legs=x10"; "x10" for all',
    )
    .option('--no-contracts', 'judge the database only: quick while editing, but proves nothing')
    .option('--watch', 'run again whenever a file changes')
    .option('--json', 'print the proof as JSON on standard output, everything else on standard error')
    .option('--matrix', 'print how every endpoint answered after every phase')
    .option('--reporter <name...>', "Vitest's own reporters beside the verdict, for example junit or verbose")
    .option(
      '-t, --test-name-pattern <pattern>',
      'judge only the expectations whose name matches; proves nothing',
    )
    .addHelpText('after', '\nExit codes: 0 proven, 1 disproven, 2 wrong usage, 3 could not decide.')
    .action(async (upTo: RunOptions['upTo'], flags: ProveFlags) => finish(await prove(upTo, flags)))
}

/** Proves the phases of a scenario and prints the outcome; returns the exit code. */
export async function prove(upTo: RunOptions['upTo'], flags: ProveFlags): Promise<ExitCode> {
  const projectRoot = process.cwd()
  // Read here already, so that a wrong name or a faulty plan costs no server.
  readProbeOptions(process.env)
  const name = flags.scenario ?? nameFirstScenario(projectRoot)
  const scenario = await readScenario(name, projectRoot, importTypeScript)
  await readPlan(scenario, upTo === 'all' ? scenario.phases.length : upTo, projectRoot)
  const scale = flags.scale === true ? '' : flags.scale
  if (scale !== undefined) await readSnapshotOf(scenario, projectRoot, scale)
  const options: RunOptions = {
    ...defaultRunOptions,
    scenario: name,
    upTo,
    postgres: parsePostgresChoice(flags.postgres),
    fresh: flags.fresh ?? false,
    contracts: flags.contracts,
    strict: flags.strict ?? false,
    ...(scale !== undefined && { scale }),
    keep: flags.keep ? 'all' : process.env.CI ? 'nothing' : 'failed',
  }
  const request = {
    options,
    projectRoot,
    reporters: flags.reporter ?? [],
    ...(flags.testNamePattern === undefined ? {} : { filter: flags.testNamePattern }),
  }
  // Loaded here: Vitest costs a second, which a wrong call need not pay.
  const { runVitest, watchVitest } = await import('../run-vitest.ts')
  if (flags.watch) {
    await watchVitest(request)
    return 0
  }
  return printRun(await runVitest(request), flags.json ?? false, flags.matrix ?? false)
}

/** Prints a run's outcome and tells its exit code. */
export function printRun(run: ReportedRun, json: boolean, matrix = false): ExitCode {
  if (!run.proof) {
    process.stderr.write(`\n  could not decide: ${run.reason}\n`)
    return 3
  }
  if (json) process.stdout.write(`${JSON.stringify(run.proof, null, 2)}\n`)
  else {
    const colors = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
    process.stdout.write(`\n${renderProof(run.proof, { ...run, colors, matrix })}\n`)
  }
  return codeOfVerdict(run.proof.verdict)
}

function parsePhase(text: string): RunOptions['upTo'] {
  if (text === 'all') return 'all'
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take the number of a phase, or "all".')
}
