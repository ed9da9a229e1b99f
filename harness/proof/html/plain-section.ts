import { describeDeploy } from '../render-history.ts'
import { count, tellChange, tellWait, toLongest } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toItems } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What will happen to production, in words for a person who was not there. */
export function plainSection({ proof, changes, states }: PageSubject): Markup {
  const wait = toLongest(changes)
  const tables = states?.start.schema.tables.length ?? 0
  const rows = Object.values(states?.start.rowCounts ?? {}).reduce((sum, number) => sum + number, 0)
  const deploy = proof.deploy && html`<p><strong>${describeDeploy(proof.deploy)}.</strong></p>`
  return html`${deploy}<p>${
    states === null
      ? 'The states that this proof led through are not at hand, so tables and rows are not told.'
      : `Production begins with ${count(tables, 'table')} and ${count(rows, 'row')}, as the snapshot shows it. ${changes.length === 1 ? 'One phase is applied.' : `${changes.length} phases are applied, one after another.`}`
  } ${
    wait
      ? `${tellWait(wait)}, the longest of all, behind ${wait.place}. Measured on a clone: a production with more rows or a slower disk takes longer.`
      : ''
  }</p>
<ol class="plain">${changes.map((change) => html`<li value="${change.phase}"><h3>Phase ${change.phase}: ${change.title}</h3>${toItems(tellChange(change))}</li>`)}</ol>`
}
