import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { HarnessError } from '../../model/error.ts'
import { renderAnnotations } from '../../proof/review/render-annotations.ts'
import { REVIEW_LIMITS, renderReview } from '../../proof/review/render-review.ts'
import { renderSarif } from '../../proof/review/render-sarif.ts'
import { HARNESS_VERSION } from '../../stories/harness-version.ts'
import { readReported } from '../../stories/read-reported.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { writePage } from '../../stories/write-page.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { findProjectRoot } from '../project-root.ts'

interface ReportFlags {
  readonly scenario?: string
  readonly pullRequest?: true
  readonly summary?: true
  readonly annotations?: true
  readonly sarif?: string
}

/** `report`: renders the proof of an earlier run for people, and for what shows results beside code. */
export function registerReport(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('report')
    .description('Write the proof of an earlier run as a page to read, or for a review; judges nothing anew.')
    .argument(
      '[phase]',
      'number of the last phase of the proof; the one decided last, when left out',
      parsePhase,
    )
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--pull-request', 'print Markdown for one comment, which begins with the line to find it by')
    .option('--summary', 'append Markdown to the file that GITHUB_STEP_SUMMARY names')
    .option('--annotations', 'print the findings as workflow commands, which GitHub shows beside lines')
    .option('--sarif <file>', 'write the findings as SARIF 2.1.0')
    .addHelpText('after', '\nExit codes: 0 written, whatever the verdict; 2 no such proof.')
    .action(async (upTo: number | undefined, flags: ReportFlags) => finish(await report(upTo, flags)))
}

async function report(upTo: number | undefined, flags: ReportFlags): Promise<ExitCode> {
  if (flags.pullRequest && flags.annotations)
    throw refuse(
      'Asked for the comment and the annotations on the same output.',
      'Call report once for each of them.',
    )
  const summaryFile = flags.summary ? readSummaryFile(process.env) : null
  const projectRoot = findProjectRoot()
  const reportsFolder = join(projectRoot, 'reports')
  const scenario = await readScenario(
    chooseScenario(projectRoot, flags.scenario),
    projectRoot,
    importTypeScript,
  )
  const reported = readReported(scenario, upTo, { reportsFolder, projectRoot })
  const { proof, states } = reported
  const page = relative(projectRoot, await writePage(reportsFolder, reported))
  if (flags.sarif !== undefined) {
    mkdirSync(dirname(flags.sarif), { recursive: true })
    writeFileSync(flags.sarif, renderSarif(proof, HARNESS_VERSION.split(' ')[1] ?? ''))
  }
  if (summaryFile !== null)
    appendFileSync(summaryFile, renderReview(proof, states, scenario, REVIEW_LIMITS.summary))
  // Standard output is for whatever takes the text on.
  const isTaken = flags.pullRequest || flags.annotations
  const verdict = `  ${proof.verdict.toUpperCase()}  ${scenario.name} phases 1 to ${proof.upTo}: ${page}\n`
  if (flags.pullRequest) process.stdout.write(renderReview(proof, states, scenario, REVIEW_LIMITS.comment))
  if (flags.annotations) process.stdout.write(renderAnnotations(proof))
  ;(isTaken ? process.stderr : process.stdout).write(verdict)
  return 0
}

function readSummaryFile({ GITHUB_STEP_SUMMARY: file }: NodeJS.ProcessEnv): string {
  if (file) return file
  throw refuse(
    'Asked to append to the summary of a job, but GITHUB_STEP_SUMMARY is not set.',
    'Run it in a step of a workflow, or print the text with --pull-request.',
  )
}

function refuse(message: string, remedy: string): HarnessError {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}

function parsePhase(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take the number of a phase.')
}
