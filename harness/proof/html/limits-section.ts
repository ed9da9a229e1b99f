import { html, type Markup, type Part } from './markup.ts'
import { toDetails, toItems } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What the proof does not show, and which differences the scenario accepts. */
export function limitsSection({ proof: { limits, accepted = [] } }: PageSubject): Markup {
  return html`${limits.length === 0 ? html`<p>No limit is stated.</p>` : toItems(limits.map(toFolded))}
${accepted.length > 0 && html`<h3>Differences that are accepted</h3>${toItems(accepted)}`}`
}

/** A limit may list hundreds of names: more than these characters are folded. */
const SHOWN = 420

function toFolded(limit: string): Part {
  if (limit.length <= SHOWN * 1.3) return limit
  const at = limit.lastIndexOf(' ', SHOWN)
  const end = at > SHOWN / 2 ? at : SHOWN
  return html`${limit.slice(0, end)} … ${toDetails('the rest of it', html`<p>… ${limit.slice(end)}</p>`)}`
}
