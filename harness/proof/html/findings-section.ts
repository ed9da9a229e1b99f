import type { Finding } from '../../model/finding.ts'
import { toWords } from '../describe-finding.ts'
import { groupByCause, nameSubject } from '../group-by-cause.ts'
import { count } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toDetails, toItems, toLines, toPairs } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What is wrong, by phase and cause, with what was expected, found and mends it; and what could not be judged. */
export function findingsSection({ proof }: PageSubject): Markup | null {
  const failed = proof.phases.filter((result) => result.outcome === 'failed')
  const { undecided = [] } = proof
  if (failed.length === 0 && undecided.length === 0) return html`<p>Nothing wrong was found.</p>`
  return html`${failed.map(
    ({ phase, title, findings }) => html`<h3>Phase ${phase}: ${title}</h3>
${groupByCause(findings).map(({ cause, effects }) => toFinding(cause, effects))}`,
  )}${undecided.length > 0 && html`<h3>Could not be judged</h3>${toItems(undecided)}`}`
}

function toFinding(finding: Finding, effects: readonly Finding[]): Markup {
  const { says, expected, found, cause, left = [], next } = toWords(finding)
  const pairs = [
    ['Expected', expected],
    ['Found', found],
    ['Cause', cause],
    ['Left', left.length === 0 ? undefined : left.join('\n')],
    ['Mend', next],
  ] as const
  const names = [...new Set(effects.map(nameSubject))]
  return html`<article class="finding"><h4>${says}</h4><p class="kind"><code>${finding.kind}</code> in: ${finding.expectation}</p>
${toPairs(pairs.flatMap(([name, text]) => (text === undefined ? [] : [[name, toLines(text)] as const])))}
${effects.length > 0 && toDetails(`${count(effects.length, 'finding')} of the same cause`, toItems(names))}</article>`
}
