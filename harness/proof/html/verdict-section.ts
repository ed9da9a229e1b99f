import { toTime } from '../../ground/amounts.ts'
import type { Proof } from '../../model/proof.ts'
import { findingsOf } from '../report/report-findings.ts'
import { count, countRowsGone, tellWait, toLongest, toNumber } from '../tell-changes.ts'
import { tellWhy } from '../tell-why.ts'
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

function toFigures({
  proof,
  changes,
  states,
  scenario,
}: PageSubject): readonly (readonly [string, Part, Part])[] {
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
  const findings = findingsOf(proof).length
  const stopped = new Set(changes.flatMap(({ endpointsStopped }) => endpointsStopped)).size
  const dropped = distinct('gone').size
  const minutes = scenario.phases.reduce((sum, { estimateMinutes }) => sum + estimateMinutes, 0)
  const highest = (['high', 'medium', 'low'] as const).find((risk) =>
    scenario.phases.some((phase) => phase.risk === risk),
  )
  const ofRisk = scenario.phases.filter(({ risk }) => risk === highest).map(({ id }) => id)
  const riskiest = highest ? `testing included; risk at most ${highest}, phase ${ofRisk.join(', ')}` : ''
  const back = (proof.rehearsals ?? []).filter(({ experiment }) => experiment === 'rollback')
  const backHeld = back.filter(({ outcome }) => outcome === 'held').length
  const last = states?.phases.at(-1)?.after
  const rowsGone = countRowsGone(changes)
  return [
    [
      'Phases that hold',
      `${passed} of ${proof.phases.length}`,
      findings === 0 ? '' : html`<a href="#findings">${count(findings, 'finding')}</a>`,
    ],
    ['Planned', toHours(minutes), riskiest],
    [
      'Tables',
      states === null ? 'not known' : `${made.size} new, ${changed.length} changed`,
      states === null
        ? ''
        : `${dropped === 0 ? 'none' : dropped} dropped${columnsGone > 0 ? `, ${count(columnsGone, 'column')} removed` : ''}`,
    ],
    [
      'Rows that go',
      last === undefined ? 'not known' : rowsGone === 0 ? 'none' : toNumber(rowsGone),
      last === undefined ? '' : 'of those that were there, by count',
    ],
    [
      'Longest wait',
      wait ? toTime(wait.heldMs) : isMeasured ? 'none' : 'not measured',
      wait ? `${tellWait(wait).replace(/ wait for.*$/, '')}, phase ${wait.phase}` : '',
    ],
    ['What stops serving', ...tellServing(proof, stopped)],
    [
      'Way back',
      back.length === 0 ? 'not rehearsed' : `${backHeld} of ${proof.phases.length} phases`,
      back.length === 0 ? '' : 'whose rollback led back on a clone',
    ],
    [
      'Not shown',
      html`<a href="#limits">${count(proof.limits.length, 'limit')}</a>`,
      'read them before you decide',
    ],
  ]
}

/** Findings that say that somebody is not served. */
const OF_SERVING: ReadonlySet<string> = new Set([
  'contract-broken',
  'earlier-server-broken',
  'endpoint-failed',
  'request-failed-during-phase',
  'warm-connection-broken',
])

function tellServing(proof: Proof, stopped: number): readonly [Part, string] {
  const found = findingsOf(proof).filter(({ kind }) => OF_SERVING.has(kind)).length
  if (stopped > 0) return [count(stopped, 'endpoint'), 'worked before']
  if (found > 0) return [html`<a href="#findings">${count(found, 'finding')}</a>`, 'say who is not served']
  return (proof.endpoints ?? []).length > 0
    ? ['nothing', 'that worked before']
    : ['not asked', 'no endpoint was called']
}

/** `45 min`, `7 h 30 min` */
function toHours(minutes: number): string {
  const rest = minutes % 60
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

function toMoment(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`
}
