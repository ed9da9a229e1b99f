import { writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { measureCapture } from './capture.ts'
import { measureContent } from './content.ts'
import { describeContracts } from './contracts.ts'
import { measureInside } from './inside.ts'
import { measureLoad } from './load.ts'
import type { Comparison, Sample } from './measure.ts'
import { describePage } from './page.ts'
import { measureRehearsals } from './rehearsals.ts'
import { measureWholeRuns } from './whole-runs.ts'

const project = process.cwd()
const load = loadavg()[0]?.toFixed(1) ?? 'unknown'
// A part alone is printed and not written: the page holds what one run of everything measured.
const parts = process.argv.slice(2)
const has = (part: string) => parts.length === 0 || parts.includes(part)
const inside = has('inside') ? [...(await measureInside(project)), ...(await measureLoad(30_000))] : []
const content = has('content') ? await measureContent([1_000_000, 3_000_000]) : []
const capture = has('capture') ? await measureCapture(project) : { comparisons: [], words: [] }
const whole = has('whole') ? await measureWholeRuns(project) : []
const rehearsals = has('rehearsals') ? await measureRehearsals(project) : []
const words = [
  ...capture.words,
  ...(has('contracts') ? [await describeContracts(project)] : []),
  ...(has('page') ? [await describePage()] : []),
]
const text = render([...inside, ...content, ...capture.comparisons, ...whole, ...rehearsals], words)
process.stdout.write(text)
if (parts.length === 0) await writeFile(join(project, 'bench/results.md'), text)

/** The results as a page: ratios first, because they hold on another machine; times beside them. */
function render(lines: readonly Comparison[], words: readonly string[]): string {
  const rows = lines.map(
    ({ what, ours, against, theirs, aim }) =>
      `| ${what} | ${(ours.medianMs / theirs.medianMs).toFixed(2)} | ${show(ours)} | ${against} | ${show(theirs)} | ${((ours.medianMs - theirs.medianMs) / 1000).toFixed(2)} s | ${aim} |`,
  )
  const [cpu] = cpus()
  return [
    '# Benchmark results',
    '',
    `Made by \`pnpm bench\`: each line compares two ways measured in turn in one run; medians, with minimum and maximum behind them.`,
    `Machine: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}; load when it began ${load}.`,
    '',
    '| what | ratio | ours | against | theirs | difference | aim |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    ...words.map((line) => `- ${line}`),
    '',
  ].join('\n')
}

function show({ medianMs, minMs, maxMs, runs }: Sample): string {
  return `${Math.round(medianMs)} ms (${Math.round(minMs)}–${Math.round(maxMs)}, n=${runs})`
}
