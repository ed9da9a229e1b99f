import { html, type Markup } from './markup.ts'
import { toItems } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** What the proof does not show, and which differences the scenario accepts. */
export function limitsSection({ proof: { limits, accepted = [] } }: PageSubject): Markup {
  return html`${limits.length === 0 ? html`<p>No limit is stated.</p>` : toItems(limits)}
${accepted.length > 0 && html`<h3>Differences that are accepted</h3>${toItems(accepted)}`}`
}
