import { createHash } from 'node:crypto'
import type { ProofStates } from '../../model/database-state.ts'
import type { Proof } from '../../model/proof.ts'
import type { Reported } from '../report/render-report.ts'
import { toPhaseChanges } from '../tell-changes.ts'
import { aboutSection } from './about-section.ts'
import { costSection } from './cost-section.ts'
import { endpointsSection } from './endpoints-section.ts'
import { findingsSection } from './findings-section.ts'
import { historySection } from './history-section.ts'
import { limitsSection } from './limits-section.ts'
import { html, trusted } from './markup.ts'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { PageSection } from './page-subject.ts'
import { plainSection } from './plain-section.ts'
import { preconditionsSection } from './preconditions-section.ts'
import { rehearsalsSection } from './rehearsals-section.ts'
import { rowsSection } from './rows-section.ts'
import { schemaSection } from './schema-section.ts'
import { timelineSection } from './timeline-section.ts'
import { verdictSection } from './verdict-section.ts'

/** In the order in which questions come. */
const sections: readonly PageSection[] = [
  { id: 'plain', heading: 'What will happen to production', toContent: plainSection },
  { id: 'phases', heading: 'Phases', toContent: timelineSection },
  { id: 'findings', heading: 'Findings', toContent: findingsSection },
  { id: 'history', heading: 'History of migrations', toContent: historySection },
  { id: 'endpoints', heading: 'Endpoints', toContent: endpointsSection },
  { id: 'schema', heading: 'Schema before and after', toContent: schemaSection },
  { id: 'rows', heading: 'Data kept', toContent: rowsSection },
  { id: 'rehearsals', heading: 'Rehearsals', toContent: rehearsalsSection },
  { id: 'cost', heading: 'Cost', toContent: costSection },
  { id: 'preconditions', heading: 'Preconditions', toContent: preconditionsSection },
  { id: 'limits', heading: 'What was not shown', toContent: limitsSection },
  { id: 'about', heading: 'What the proof is about', toContent: aboutSection },
]

/** Nothing but what stands in the page itself runs or styles it, and nothing is fetched. */
const POLICY = `default-src 'none'; style-src '${toSource(PAGE_STYLE)}'; script-src '${toSource(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'`

/** A proof as one HTML page that needs nothing beside itself, for people who were not there. Pure. */
export function renderPage(proof: Proof, states: ProofStates | null, scenario: Reported): string {
  const phases = scenario.phases.filter(({ id }) => id <= proof.upTo)
  const reported = { ...scenario, phases }
  const subject = { proof, states, scenario: reported, changes: toPhaseChanges(proof, states, reported) }
  const told = sections.flatMap(({ id, heading, toContent }) => {
    const content = toContent(subject)
    return content === null ? [] : [{ id, heading, content }]
  })
  // Trailing spaces of template lines would only make the file larger.
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${proof.verdict}: ${scenario.title}, phases 1 to ${proof.upTo}</title>
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
<div class="shell">
<nav aria-label="Sections"><ul>${told.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul><button type="button" id="theme" hidden>Dark colours</button><button type="button" id="fold" aria-pressed="false" hidden>Unfold all</button></nav>
<main id="main" tabindex="-1">
${verdictSection(subject)}
${told.map(
  ({
    id,
    heading,
    content,
  }) => html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2>
${content}
</section>
`,
)}<footer><p>Made by Phaseproof. The proof itself is the JSON file beside this page. Folded parts are printed folded.</p></footer>
</main>
</div>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>`}
`
}

function toSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
