import { join, relative } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { readReported } from '../../stories/read-reported.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { writePage } from '../../stories/write-page.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { findProjectRoot } from '../project-root.ts'

interface ReportFlags {
  readonly scenario?: string
}

/** `report`: renders the proof of an earlier run for people and for the machines that review code. */
export function registerReport(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('report')
    .description('Write the proof of an earlier run as a page to read; judges nothing anew.')
    .argument(
      '[phase]',
      'number of the last phase of the proof; the one decided last, when left out',
      parsePhase,
    )
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .addHelpText('after', '\nExit codes: 0 written, whatever the verdict; 2 no such proof.')
    .action(async (upTo: number | undefined, flags: ReportFlags) => finish(await report(upTo, flags)))
}

async function report(upTo: number | undefined, flags: ReportFlags): Promise<ExitCode> {
  const projectRoot = findProjectRoot()
  const reportsFolder = join(projectRoot, 'reports')
  const scenario = await readScenario(
    chooseScenario(projectRoot, flags.scenario),
    projectRoot,
    importTypeScript,
  )
  const reported = readReported(scenario, upTo, { reportsFolder, projectRoot })
  const file = await writePage(reportsFolder, reported)
  process.stdout.write(
    `  ${reported.proof.verdict.toUpperCase()}  ${scenario.name} phases 1 to ${reported.proof.upTo}: ${relative(projectRoot, file)}\n`,
  )
  return 0
}

function parsePhase(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take the number of a phase.')
}
