import type { RowAnswer } from '../../model/precondition.ts'
import { toNumber } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toTable } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What statements need of production's rows, and what the snapshot and production answered. */
export function preconditionsSection({ proof: { preconditions = [] } }: PageSubject): Markup | null {
  if (preconditions.length === 0) return null
  return html`<p>Rows that stand in the way of a statement, counted before its phase. Anything but 0 makes it fail, or loses what is counted.</p>
${toTable(
  'What statements need of the rows before them',
  ['counted', 'phase', 'statement', 'in the snapshot', 'in production', 'note'],
  preconditions.map(
    ({ phase, file, line, statement, kind, counts, snapshot, production, reason, isLowerBound }) => ({
      cells: [
        counts,
        phase,
        [html`<code>${statement}</code> `, `${file}:${line}`],
        toAnswer(snapshot),
        production === null ? 'not asked' : toAnswer(production),
        [
          kind === 'fails' ? 'fails on such a row' : 'loses what is counted',
          isLowerBound ? '; rows of the phase itself are not counted' : '',
          reason === null ? '' : `; ${reason}`,
        ].join(''),
      ],
    }),
  ),
)}`
}

function toAnswer(answer: RowAnswer): string {
  if ('rows' in answer) return toNumber(answer.rows)
  return 'refused' in answer ? `the condition failed: ${answer.refused}` : `not asked: ${answer.unasked}`
}
