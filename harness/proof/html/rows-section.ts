import { findingsOf } from '../report/report-findings.ts'
import { toPlainName } from '../schema-changes.ts'
import { count, toNumber } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toFilter, toItems, toTable } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

const KINDS: ReadonlySet<string> = new Set([
  'rows-lost',
  'rows-added',
  'rows-hidden',
  'values-lost',
  'values-changed',
])

/** How many rows each table holds before the first and after the last phase, and what phases declare of rows. */
export function rowsSection({ proof, states, scenario, changes }: PageSubject): Markup | null {
  const last = states?.phases.at(-1)
  if (!states || !last) return null
  const before = states.start.rowCounts
  const after = last.after.rowCounts
  const tables = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const declared = scenario.phases.flatMap((phase) => [
    ...(phase.rewrites ?? []).map(
      (one) =>
        `Phase ${phase.id} rewrites ${one.column} in ${count(one.rows, 'row')}: ${'how' in one ? one.how : one.reason}`,
    ),
    ...(phase.loses ?? []).map(
      (one) =>
        `Phase ${phase.id} loses ${count(one.rows, 'row')} of ${'table' in one ? one.table : one.column}: ${one.reason}`,
    ),
    ...(phase.inserts ?? []).map((one) => `Phase ${phase.id} adds ${count(one.rows, 'row')} to ${one.table}`),
    ...(phase.renames ?? []).map(({ from, to }) => `Phase ${phase.id} renames ${from} to ${to}`),
  ])
  const renamed = new Map(
    changes.flatMap(({ schema }) => schema.tables.map(({ renamedFrom, table }) => [renamedFrom, table])),
  )
  const isWhole = proof.phases.every(({ outcome }) => outcome === 'passed')
  const found = findingsOf(proof).filter(({ kind }) => KINDS.has(kind)).length
  return html`<p>Every row that was there is compared by its content before and after each phase, whatever its table holds. ${found === 0 ? (isWhole ? 'None is lost or changed without being declared.' : 'No finding says that one is lost or changed; phases that failed or did not run may leave that open.') : `${count(found, 'finding')} ${found === 1 ? 'says' : 'say'} what is lost or changed.`}</p>
${declared.length > 0 && html`<h3>What the phases say they do to rows</h3>${toItems(declared)}`}
${toFilter('rows-table', 'tables', [
  ['new', 'new'],
  ['gone', 'gone'],
  ['fewer', 'fewer rows'],
  ['more', 'more rows'],
  ['same', 'as many rows'],
])}
${toTable(
  `Rows before phase 1 and after phase ${last.phase}`,
  ['table', 'before', 'after', 'change'],
  tables.map((table) => {
    const [was, is] = [before[table], after[table]]
    const state =
      was === undefined ? 'new' : is === undefined ? 'gone' : is < was ? 'fewer' : is > was ? 'more' : 'same'
    const change = {
      new: 'new table',
      gone: renamed.has(table) ? `renamed to ${toPlainName(renamed.get(table) ?? '')}` : 'dropped',
      fewer: `${toNumber((is ?? 0) - (was ?? 0))}`,
      more: `+${toNumber((is ?? 0) - (was ?? 0))}`,
      same: 'as many',
    }
    return {
      states: [state],
      cells: [
        toPlainName(table),
        was === undefined ? '' : toNumber(was),
        is === undefined ? '' : toNumber(is),
        change[state],
      ],
    }
  }),
  'rows-table',
)}`
}
