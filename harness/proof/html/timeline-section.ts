import { toTime } from '../../ground/amounts.ts'
import type { PhaseResult } from '../../model/proof.ts'
import { count } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toBadge } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** The phases in their order, with risk, plan and measurement. */
export function timelineSection({ proof, scenario, changes }: PageSubject): Markup {
  const planned = Math.max(1, ...scenario.phases.map(({ estimateMinutes }) => estimateMinutes))
  const total = scenario.phases.reduce((sum, { estimateMinutes }) => sum + estimateMinutes, 0)
  return html`<p>The team plans ${total} minutes for ${count(scenario.phases.length, 'phase')}, testing included. Durations are measured here, on the rows of the snapshot.</p>
<ol class="timeline">${proof.phases.map((result) => {
    const phase = scenario.phases.find(({ id }) => id === result.phase)
    const minutes = phase?.estimateMinutes ?? 0
    const onClone = changes
      .find((change) => change.phase === result.phase)
      ?.statements.reduce((sum, { durationMs }) => sum + durationMs, 0)
    return html`<li class="${result.outcome}"><h3>${result.phase} ${result.title}</h3>
<p class="marks">${toOutcome(result)} ${phase && toBadge('plain', `${phase.risk} risk`)}</p>
${
  phase &&
  html`<p>${phase.goal}</p>
<p class="plan"><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="6" rx="3"/><rect class="bar" width="${Math.max(2, Math.round((100 * minutes) / planned))}" height="6" rx="3"/></svg> planned ${minutes} min${result.outcome !== 'not-run' && `, replayed in ${toTime(result.replayMs)}`}${onClone ? `, statements ${toTime(onClone)}` : ''}${phase.dependsOn.length > 0 && `, after phase ${phase.dependsOn.join(', ')}`}</p>`
}
<p class="counts">${
      result.outcome === 'not-run'
        ? `Not run: ${result.blockedBy}`
        : `${count(result.migrations.length, 'migration')}, ${count(result.expectations, 'expectation')}, ${count(result.contracts, 'contract')}${result.trials ? `; ${result.trials.reused} of ${count(result.trials.of, 'trial')} told from an earlier run under the same conditions` : ''}`
    }</p></li>`
  })}</ol>`
}

function toOutcome(result: PhaseResult): Markup {
  if (result.outcome === 'passed') return toBadge('good', 'passed')
  if (result.outcome === 'failed')
    return toBadge('bad', `failed, ${count(result.findings.length, 'finding')}`)
  return toBadge('open', 'not run')
}
