import { historyWords } from '../render-history.ts'
import { html, type Markup } from './markup.ts'
import { toFilter, toItems, toTable } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What the history of production records, held against what is there, before phase 1. */
export function historySection({ proof: { history = [], wayForward } }: PageSubject): Markup | null {
  if (history.length === 0) return null
  const verdicts = [...new Set(history.map(({ verdict }) => verdict))]
  return html`<p>Each migration as production's history records it before phase 1, held against what it makes.</p>
${toFilter(
  'history-table',
  'migrations',
  verdicts.map((verdict) => [verdict, historyWords[verdict]]),
)}
${toTable(
  'History before phase 1',
  ['migration', 'phase', 'verdict', 'evidence'],
  history.map(({ migration, phase, verdict, evidence, declared, wayOut }) => ({
    states: [verdict],
    cells: [
      migration,
      phase ?? '',
      historyWords[verdict],
      [
        evidence.join('; '),
        declared !== null && html`<br>declared: ${declared}`,
        wayOut?.steps.map((step) => html`<br>way out: <code>${step}</code>`),
        wayOut?.proof && html`<br>${wayOut.proof}`,
      ],
    ],
  })),
  'history-table',
)}
${wayForward && html`<h3>The smallest way forward</h3><p>One migration, ${wayForward.migration}. ${wayForward.proof}</p><pre tabindex="0">${wayForward.statements.join('\n')}</pre>${wayForward.left.length > 0 && toItems(wayForward.left)}`}`
}
