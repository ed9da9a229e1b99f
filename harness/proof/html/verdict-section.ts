import { toTime } from '../../ground/amounts.ts'
import type { PhaseResult, Proof } from '../../model/proof.ts'
import { toWords } from '../describe-finding.ts'
import { findingsOf } from '../report/report-findings.ts'
import { count, tellWait, toLongest } from '../tell-changes.ts'
import { html, type Markup, type Part } from './markup.ts'
import type { PageSubject } from './page-subject.ts'

/** The verdict with the sentence why, and the answers that are asked for first. */
export function verdictSection(subject: PageSubject): Markup {
  const { proof, scenario } = subject
  const { verdict } = proof
  const signs = { proven: '✓', disproven: '✗', undecided: '?' }
  return html`<header class="verdict ${verdict}"><p class="scenario">${scenario.title}</p>
<h1><span aria-hidden="true">${signs[verdict]} </span>${verdict.toUpperCase()}</h1>
<p class="why">${tellWhy(proof)}</p>
<p class="when">Scenario ${proof.scenario}, phases 1 to ${proof.upTo}${proof.about.snapshot && html`, on the snapshot ${proof.about.snapshot.name}`}${proof.about.scaled && ' with multiplied rows'}. Decided <time datetime="${proof.takenAt}">${toMoment(proof.takenAt)}</time> in ${toTime(proof.durationMs)}.</p>
<dl class="figures">${toFigures(subject).map(([name, figure, note]) => html`<div><dt>${name}</dt><dd><strong>${figure}</strong>${note !== '' && html` <span>${note}</span>`}</dd></div>`)}</dl></header>`
}

/** The reason for a verdict in a sentence. Pure. */
export function tellWhy(proof: Proof): string {
  const findings = findingsOf(proof)
  const [first] = findings
  const notRun = proof.phases.filter(({ outcome }) => outcome === 'not-run').length
  if (first !== undefined) {
    const more = findings.length - 1
    return `Phase ${first.phase}: ${toWords(first).says}${more > 0 ? `; and ${count(more, 'more finding').replace('more findings', 'more findings')}` : ''}.${notRun > 0 ? ` ${count(notRun, 'phase')} could not be judged because of it.` : ''}`
  }
  const [reason] = proof.undecided ?? []
  if (proof.verdict === 'undecided')
    return `Nothing wrong was found, but not everything was judged${reason ? `: ${reason}` : ''}.`
  const sum = (of: (result: Extract<PhaseResult, { outcome: 'passed' }>) => number) =>
    proof.phases.reduce((total, result) => total + (result.outcome === 'passed' ? of(result) : 0), 0)
  return `${proof.phases.length === 1 ? 'The phase does' : `All ${proof.phases.length} phases do`} what they say: ${count(
    sum((one) => one.expectations),
    'expectation',
  )} and ${count(
    sum((one) => one.contracts),
    'contract',
  )} hold, and nothing else changed.`.replace('The phase does what they say', 'The phase does what it says')
}

function toFigures({ proof, changes, states }: PageSubject): readonly (readonly [string, Part, string])[] {
  const tables = changes.flatMap(({ schema }) => schema.tables)
  const distinct = (fate: string) =>
    new Set(tables.filter((one) => one.fate === fate).map(({ table }) => table))
  const made = distinct('new')
  const changed = [...distinct('changed')].filter((table) => !made.has(table))
  const columnsGone = tables.flatMap(({ fate, parts }) =>
    fate === 'changed' ? parts.filter((part) => part.what === 'column' && part.fate === 'gone') : [],
  ).length
  const wait = toLongest(changes)
  const isMeasured = changes.some(({ statements }) => statements.length > 0)
  const passed = proof.phases.filter(({ outcome }) => outcome === 'passed').length
  const stopped = changes.flatMap(({ endpointsStopped }) => endpointsStopped)
  const back = (proof.rehearsals ?? []).filter(({ experiment }) => experiment === 'rollback')
  const backHeld = back.filter(({ outcome }) => outcome === 'held').length
  const last = states?.phases.at(-1)?.after
  const fewer = Object.entries(states?.start.rowCounts ?? {}).reduce(
    (sum, [table, rows]) => sum + Math.max(0, rows - (last?.rowCounts[table] ?? 0)),
    0,
  )
  return [
    ['Phases that hold', `${passed} of ${proof.phases.length}`, ''],
    [
      'Tables',
      states === null
        ? 'not known'
        : `${made.size} made, ${changed.length} changed, ${distinct('gone').size} dropped`,
      columnsGone > 0 ? `${count(columnsGone, 'column')} removed` : '',
    ],
    [
      'Rows that go',
      last === undefined ? 'not known' : fewer === 0 ? 'none' : String(fewer),
      last === undefined ? '' : 'rows that were there before, by count',
    ],
    [
      'Longest wait',
      wait ? toTime(wait.heldMs) : isMeasured ? 'none' : 'not measured',
      wait ? `${tellWait(wait).replace(/ wait for.*$/, '')}, phase ${wait.phase}` : '',
    ],
    [
      'What stops serving',
      proof.endpoints === undefined || proof.endpoints.length === 0
        ? 'not asked'
        : stopped.length === 0
          ? 'nothing that worked'
          : count(new Set(stopped).size, 'endpoint'),
      '',
    ],
    [
      'Way back',
      back.length === 0 ? 'not rehearsed' : `${backHeld} of ${count(back.length, 'rollback')} held`,
      backHeld < proof.phases.length && back.length > 0 ? 'the rest stands under Rehearsals' : '',
    ],
    ['Not shown', html`<a href="#limits">${count(proof.limits.length, 'limit')}</a>`, ''],
  ]
}

function toMoment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`
}
