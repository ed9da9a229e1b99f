import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { acceptsEscapes } from '../../ground/terminal.ts'
import { HarnessError } from '../../model/error.ts'
import type { RunOptions } from '../../model/run-options.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { renderProof } from '../../proof/render-proof.ts'
import { renderReport } from '../../proof/report/render-report.ts'
import { acceptChanges } from '../../stories/accept-changes.ts'
import type { Conclusion } from '../../stories/conclude.ts'
import { tellProof } from '../../stories/journal/tell-journal.ts'
import { writePromises } from '../../stories/promise-file.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { readRunOptions } from '../../vitest/run-options.ts'
import { codeOfVerdict, type ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toJournalPlace } from '../journal-place.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'
import { type Proving, proveScenario, readSubject } from '../prove-scenario.ts'
import { takeSignals } from '../take-signals.ts'

/** Flags of `prove`, as the command line parses them. */
interface ProveFlags {
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
  readonly recordPromises?: true
  readonly accept?: true
  readonly keepGoing?: true
  readonly quick?: true
  readonly rehearsals?: true
  readonly markdown?: string
  readonly journal?: true
}

/** `prove <phase>`: replays phases 1..n on the snapshot and judges each. */
export function registerProve(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('prove')
    .description('Replay the phases up to <phase> on the snapshot and judge each of them.')
    .argument('<phase>', 'number of the last phase, or "all"', parsePhase)
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .addOption(toPostgresOption())
    .option('--fresh', 'replay everything and run every contract, whatever earlier runs left')
    .option('--strict', "refuse a server whose Postgres major is not the snapshot's")
    .option('--keep', 'keep the database of every phase, not only of a failed one')
    .option(
      '--scale [tables]',
      'multiply rows by invented copies: of all tables to what production had, or of "trips,units=50000,legs=x10"; "x10" for all',
    )
    .option('--no-contracts', 'judge the database only: quick while editing, but proves nothing')
    .option('--watch', 'run again whenever a file changes')
    .option('--quick', 'leave out the rehearsals that take longest; a limit says which')
    .option('--json', 'print the proof as JSON on standard output, everything else on standard error')
    .option('--matrix', 'print how every endpoint answered after every phase')
    .option('--rehearsals', 'print what every rehearsal of every phase showed')
    .option('--markdown <file>', 'write the proof as a page to read, the most important first')
    .option('--journal', 'tell the journal of the scenario how it ended')
    .option('--reporter <name...>', "Vitest's own reporters beside the verdict, for example junit or verbose")
    .option(
      '-t, --test-name-pattern <pattern>',
      'judge only the expectations whose name matches; proves nothing',
    )
    .option(
      '--record-promises',
      'with "all": write what the proof promises to promises.json, so that a scenario that promises less says so',
    )
    .option(
      '--accept',
      'write what a phase changed without saying so into its phase.ts, for you to review; never in CI',
    )
    .option(
      '--keep-going',
      'after a migration that fails, try the others of its phase on a clone, to list all that fail',
    )
    .addHelpText('after', '\nExit codes: 0 proven, 1 disproven, 2 wrong usage, 3 could not decide.')
    .action(async (upTo: RunOptions['upTo'], flags: ProveFlags) => finish(await prove(upTo, flags)))
}

/** Proves the phases of a scenario and prints how it ended; returns the exit code. */
export async function prove(upTo: RunOptions['upTo'], flags: ProveFlags): Promise<ExitCode> {
  const proving = toProving(upTo, flags)
  if (flags.accept) refuseInCi(process.env)
  if (flags.watch) {
    await readSubject(proving)
    const { watchInVitest } = await import('../../vitest/run-tests.ts')
    await watchInVitest({ ...proving, assignment: { root: proving.projectRoot, options: proving.options } })
    return 0
  }
  const conclusion = await proveScenario(proving)
  const code = printConclusion(conclusion, flags)
  if (flags.markdown !== undefined) await writeReport(flags.markdown, conclusion, proving)
  if (flags.journal)
    await tellProof(await toJournalPlace(proving.projectRoot), conclusion.proof, conclusion.file)
  if (flags.accept) printAccepted(acceptChanges(conclusion.proof, proving.projectRoot))
  if (flags.recordPromises && code === 0) {
    const file = writePromises(proving.projectRoot, conclusion.proof)
    process.stderr.write(`  ${file}: commit it together with the scenario\n`)
  }
  return code
}

async function writeReport(
  file: string,
  { proof }: Conclusion,
  { options, projectRoot }: Proving,
): Promise<void> {
  const scenario = await readScenario(options.scenario, projectRoot, importTypeScript)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, renderReport(proof, scenario))
  process.stderr.write(`  report: ${file}\n`)
}

function toProving(upTo: RunOptions['upTo'], flags: ProveFlags): Proving {
  const projectRoot = findProjectRoot()
  const scale = flags.scale === true ? '' : flags.scale
  const isPart =
    upTo !== 'all' ||
    !flags.contracts ||
    flags.quick ||
    scale !== undefined ||
    flags.testNamePattern !== undefined
  if (flags.recordPromises && isPart) {
    const message =
      'Promises are recorded from a proof of all phases with all contracts and rehearsals on the snapshot as it is.'
    throw new HarnessError('usage', message, 'Run: prove all --record-promises', { faults: [message] })
  }
  const defaults = readRunOptions(process.env, chooseScenario(projectRoot, flags.scenario))
  return {
    options: {
      ...defaults,
      upTo,
      postgres: parsePostgresChoice(flags.postgres),
      fresh: flags.fresh ?? false,
      contracts: flags.contracts,
      strict: flags.strict ?? false,
      ...(scale !== undefined && { scale }),
      ...(flags.keepGoing && { keepGoing: true }),
      ...(flags.quick && { quick: true }),
      keep: flags.keep ? 'all' : defaults.keep,
    },
    projectRoot,
    reporters: flags.reporter ?? [],
    ...(flags.json && { out: process.stderr }),
    filter: flags.testNamePattern,
    signal: takeSignals(),
    env: process.env,
  }
}

/** What is accepted unseen was never reviewed. */
function refuseInCi({ CI = '' }: NodeJS.ProcessEnv): void {
  if (['', '0', 'false'].includes(CI)) return
  const message = 'Asked to accept what the phases change, in CI, where nobody reviews it.'
  const remedy = 'Run prove --accept on your own machine, review the edit and commit it.'
  throw new HarnessError('usage', message, remedy, { faults: [message] })
}

function printAccepted(accepted: ReturnType<typeof acceptChanges>): void {
  const lines = accepted.map(({ phase, list, names, file, isWritten }) =>
    isWritten
      ? `  accepted: ${file} lists ${names.join(', ')} under ${list} now; review the edit, fill in what stands in <>, then prove again\n`
      : `  not accepted: add ${names.join(', ')} to ${list} of phase ${phase} yourself; no single list of them stands in ${file}\n`,
  )
  process.stderr.write(
    lines.length === 0 ? '  accepted nothing: no change is left that can be written\n' : lines.join(''),
  )
}

/** Prints how a run ended and tells its exit code. */
export function printConclusion(
  conclusion: Conclusion,
  flags: { readonly json?: boolean; readonly matrix?: boolean; readonly rehearsals?: boolean },
): ExitCode {
  const { proof } = conclusion
  const { json = false, matrix = false, rehearsals = false } = flags
  if (json) process.stdout.write(`${JSON.stringify(proof, null, 2)}\n`)
  else {
    const colors = acceptsEscapes(process.stdout, process.env)
    process.stdout.write(`\n${renderProof(proof, { ...conclusion, colors, matrix, rehearsals })}\n`)
  }
  return codeOfVerdict(proof.verdict)
}

function parsePhase(text: string): RunOptions['upTo'] {
  if (text === 'all') return 'all'
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take the number of a phase, or "all".')
}
