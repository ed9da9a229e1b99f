import pc from 'picocolors'
import type { PhaseResult, Proof } from '../model/proof.ts'
import { describeFinding } from './describe-finding.ts'
import { type FindingGroup, groupByCause, nameSubject } from './group-by-cause.ts'
import { renderMatrix, summarizeMatrix } from './render-matrix.ts'
import { renderRehearsals } from './render-rehearsals.ts'

/** How to print a proof. */
interface RenderOptions {
  readonly colors: boolean
  /** Where the proof was written, relative to the project; null when it was not. */
  readonly file: string | null
  /** Databases that stay for a person, each with the command that opens it. */
  readonly kept: readonly { readonly phase: number; readonly open: string }[]
  /** Print how every endpoint answered after every phase. */
  readonly matrix?: boolean
  /** Where it says what to do when a deploy stops; null when nothing was rehearsed. */
  readonly recipes?: string | null
  /** The verdict as a page; null when nothing was decided. */
  readonly page?: string | null
  /** Print what each rehearsal of each phase showed. */
  readonly rehearsals?: boolean
}

const LIMIT_WIDTH = 200
/** More names than these do not help on a terminal. */
const namedEffects = 12

/** The verdict for a person: a line per phase, then each finding with expected, found and next, then what was not shown. */
export function renderProof(
  proof: Proof,
  { colors, file, kept, matrix = false, rehearsals = false, recipes = null, page = null }: RenderOptions,
): string {
  const paint = pc.createColors(colors)
  const verdicts = {
    proven: paint.green(paint.bold('PROVEN')),
    disproven: paint.red(paint.bold('DISPROVEN')),
    undecided: paint.yellow(paint.bold('UNDECIDED')),
  }
  const marks = {
    passed: paint.green('✓ passed '),
    failed: paint.red('✗ failed '),
    'not-run': paint.yellow('– not run'),
  }
  const width = Math.max(...proof.phases.map(({ title }) => title.length))
  const failed = proof.phases.filter((result) => result.outcome === 'failed')
  const rows = proof.phases.map(
    (result) =>
      `  ${marks[result.outcome]}  ${result.phase}  ${result.title.padEnd(width)}  ${toCounts(result)}`,
  )
  const findings = failed.flatMap((result) =>
    groupByCause(result.findings).flatMap((group) => [
      '',
      ...indent(`phase ${result.phase}`, [...describeFinding(group.cause), ...describeEffects(group)]),
    ]),
  )
  const summary = summarizeMatrix(proof.endpoints ?? [])
  return [
    ...rows,
    ...findings,
    ...(proof.undecided ?? []).flatMap((reason) => ['', `  could not judge ${reason}`]),
    '',
    ...(matrix ? [...renderMatrix(proof.endpoints ?? []).map((line) => `  ${line}`), ''] : []),
    ...renderRehearsals(proof.rehearsals ?? [], rehearsals).map((line) => `  ${line}`),
    ...(recipes === null ? [] : [`  when a deploy stops: ${recipes}`]),
    ...(page === null ? [] : [`  as a page to read: ${page}`]),
    ...(summary === null ? [] : [`  ${summary}${matrix ? '' : '; --matrix shows each of them'}`]),
    ...proof.limits.map((limit) => paint.dim(`  limit: ${toShort(limit)}`)),
    ...kept.map(({ phase, open }) => `  kept: the database of phase ${phase}; open it with: ${open}`),
    `  ${verdicts[proof.verdict]}  ${proof.scenario} phases 1 to ${proof.upTo}${proof.about.scaled ? ' on multiplied rows' : ''} in ${(proof.durationMs / 1000).toFixed(1)} s${file === null ? '' : `, ${file}`}`,
  ].join('\n')
}

/** A limit may list hundreds of names; the terminal shows how it begins, the proof has it whole. */
function toShort(limit: string): string {
  return limit.length <= LIMIT_WIDTH
    ? limit
    : `${limit.slice(0, LIMIT_WIDTH).trimEnd()} … (whole in the proof)`
}

function toCounts(result: PhaseResult): string {
  if (result.outcome === 'not-run') return result.blockedBy
  const { expectations, contracts, migrations, replayMs, trials } = result
  const reused = trials ? ` (${trials.reused} of ${count(trials.of, 'trial')} reused)` : ''
  const counts = `${count(migrations.length, 'migration')}, ${count(expectations, 'expectation')}, ${count(contracts, 'contract')}${reused}`
  return result.outcome === 'failed'
    ? `${counts}, ${count(result.findings.length, 'finding')}`
    : `${counts}, replay ${replayMs} ms`
}

/** The findings that have the same cause, by name only: the proof holds each of them whole. */
function describeEffects({ effects }: FindingGroup): string[] {
  if (effects.length === 0) return []
  const names = [...new Set(effects.map(nameSubject))]
  const more = names.length > namedEffects ? [`  … and ${names.length - namedEffects} more in the proof`] : []
  return [
    `  with it  ${count(effects.length, 'finding')} of the same cause:`,
    ...names.slice(0, namedEffects).map((name) => `    ${name}`),
    ...more,
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function indent(label: string, [first = '', ...rest]: readonly string[]): string[] {
  return [`  ${label}  ${first}`, ...rest.map((line) => `    ${line}`)]
}
