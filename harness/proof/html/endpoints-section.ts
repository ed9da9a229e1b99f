import type { EndpointCell } from '../../model/contract.ts'
import { summarizeMatrix } from '../render-matrix.ts'
import { html, type Markup } from './markup.ts'
import { toFilter } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

const OUTCOMES: Readonly<Record<EndpointCell['outcome'], readonly [sign: string, text: string]>> = {
  alive: ['✓', 'works'],
  failed: ['✗', 'fails though it is due'],
  refused: ['?', 'did not accept the sample input'],
  dead: ['·', 'fails, and is not due yet'],
  'not-called': ['–', 'not called'],
}

/** How each endpoint answered after each phase. */
export function endpointsSection({ proof: { endpoints = [] } }: PageSubject): Markup | null {
  const phases = endpoints[0]?.cells.map(({ phase }) => phase) ?? []
  if (phases.length === 0) return null
  const seen = new Set(endpoints.flatMap(({ cells }) => cells.map(({ outcome }) => outcome)))
  const entries = Object.entries(OUTCOMES).filter(([outcome]) => seen.has(outcome as EndpointCell['outcome']))
  const caption = 'Endpoints after each phase; phase 0 is the loaded snapshot'
  return html`<p>${summarizeMatrix(endpoints)}. ${entries.map(([, [sign, text]], position) => html`${position > 0 && ', '}<b>${sign}</b> ${text}`)}.</p>
${toFilter(
  'endpoints-table',
  'endpoints',
  entries.map(([outcome, [, text]]) => [outcome, text]),
)}
<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table id="endpoints-table" class="matrix"><caption>${caption}</caption>
<thead><tr><th scope="col">endpoint</th>${phases.map((phase) => html`<th scope="col">${phase}</th>`)}</tr></thead>
<tbody>${endpoints.map(
    ({ method, path, cells }) =>
      html`<tr data-states="${[...new Set(cells.map(({ outcome }) => outcome))].join(' ')}"><th scope="row"><code>${method.toUpperCase()} ${path}</code></th>${cells.map(({ status, outcome }) => html`<td class="${outcome}">${OUTCOMES[outcome][0]} ${status ?? ''}</td>`)}</tr>
`,
  )}</tbody></table></div>`
}
