import { toSize, toTime } from '../../ground/amounts.ts'
import { toModeName, waitsBehind } from '../../model/cost.ts'
import { toPlainName } from '../schema-changes.ts'
import { tellWait, toNumber } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toDetails, toTable } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** More statements of a phase than these are left to the proof. */
const SHOWN = 25

/** What the deploy of each phase costs: time, locks, rewrites, rows, log. */
export function costSection({ changes }: PageSubject): Markup | null {
  const measured = changes.filter(({ statements }) => statements.length > 0)
  if (measured.length === 0) return null
  return html`<p>Measured on a clone, in the transactions that the tool makes. Only waits for tables that were there count.</p>
${toTable(
  'Cost of each phase',
  ['phase', 'statements', 'time', 'longest wait', 'tables written anew', 'rows written', 'log written'],
  measured.map(({ phase, title, statements, longestWait }) => ({
    cells: [
      `${phase} ${title}`,
      statements.length,
      html`<span class="once">${toTime(sum(statements.map(({ durationMs }) => durationMs)))}</span>`,
      longestWait === null
        ? 'nobody waits'
        : [`${tellWait(longestWait)} `, html`<code>${toShortPlace(longestWait.place)}</code>`],
      [
        ...new Set(
          statements.flatMap(({ rewrites }) => rewrites.map(({ relation }) => toPlainName(relation))),
        ),
      ].join(', ') || 'none',
      toNumber(sum(statements.map(({ rows }) => rows ?? 0))),
      toSize(sum(statements.map(({ walBytes }) => walBytes))),
    ],
  })),
)}
${measured.map(({ phase, title, statements }) => {
  const slowest = statements.toSorted((one, other) => other.durationMs - one.durationMs).slice(0, SHOWN)
  const left = statements.length - slowest.length
  return toDetails(`Phase ${phase}: ${title}, its statements, the longest first`, [
    toTable(
      `Statements of phase ${phase}`,
      ['place', 'statement', 'time', 'locks'],
      slowest.map(({ file, line, statement, durationMs, locks }) => ({
        cells: [
          toShortPlace(`${file}:${line}`),
          html`<code>${statement}</code>`,
          html`<span class="once">${toTime(durationMs)}</span>`,
          locks
            .filter(({ mode }) => waitsBehind(mode) !== 'nothing')
            .map(
              ({ relation, mode, heldMs }) =>
                `${toModeName(mode)} on ${toPlainName(relation)}, ${toTime(heldMs)}`,
            )
            .join('; '),
        ],
      })),
    ),
    left > 0 && html`<p>${left} shorter statements stand in the proof.</p>`,
  ])
})}`
}

/** The folder of a migration tells it apart; those above are the same for all. */
function toShortPlace(place: string): string {
  return place.split('/').slice(-2).join('/')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
