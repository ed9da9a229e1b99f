import type { PhaseRehearsal } from '../../model/proof.ts'
import { html, type Markup } from './markup.ts'
import { toBadge, toDetails, toItems } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

const TONES = { held: 'good', broke: 'bad', 'not-made': 'open' } as const
const WORDS = { held: 'held', broke: 'broke', 'not-made': 'not made' }

/** What the experiments with the phases show, and what to do when a deploy stops. */
export function rehearsalsSection({ proof: { rehearsals = [], phases } }: PageSubject): Markup | null {
  if (rehearsals.length === 0) return null
  const names = [...new Set(rehearsals.map(({ experiment }) => experiment))]
  const withRecipes = phases.flatMap(({ phase, title }) => {
    const recipes = rehearsals.flatMap((one) => (one.phase === phase ? (one.recipes ?? []) : []))
    return recipes.length === 0 ? [] : [{ phase, title, recipes }]
  })
  return html`<p>Each was tried on clones of the states before and after its phase.</p>
${names.map((name) => {
  const own = rehearsals.filter(({ experiment }) => experiment === name)
  return html`<h3>${name.charAt(0).toUpperCase()}${name.slice(1)}</h3><p class="marks">${own.map((one) => html`${toBadge(TONES[one.outcome], `phase ${one.phase} ${WORDS[one.outcome]}`)} `)}</p>
${own.filter(({ outcome }) => outcome !== 'held').map(toSentence)}
${toDetails('What it showed, phase by phase', own.map(toSentence))}`
})}
${
  withRecipes.length > 0 &&
  html`<h3 id="recipes">When a deploy stops</h3><p>Find the migration that the deploy named last, or the row of the history without a finish. Every step was tried on a clone of the state before its phase.</p>
${withRecipes.map(({ phase, title, recipes }) =>
  toDetails(
    `Phase ${phase}: ${title}`,
    [...new Set(recipes.map(({ migration }) => migration))].map(
      (migration) =>
        html`<h4>${migration}</h4>${recipes
          .filter((recipe) => recipe.migration === migration)
          .map(
            ({ stopped, remains, commands, file }) =>
              html`<p>Stopped ${stopped}. ${remains}</p>${
                commands.length === 0
                  ? html`<p>No command that was tried leads on. Run the rest of ${file} by hand, and have it recorded as applied.</p>`
                  : html`<pre tabindex="0">${commands.join('\n')}</pre>`
              }`,
          )}`,
    ),
  ),
)}`
}`
}

function toSentence({ phase, says, details = [] }: PhaseRehearsal): Markup {
  return html`<p><b>Phase ${phase}</b> ${says}</p>${details.length > 0 && toItems(details)}`
}
