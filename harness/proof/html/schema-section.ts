import type { Fate, PartChange, TableDifference } from '../schema-changes.ts'
import { toPlainName } from '../schema-changes.ts'
import { count, type PhaseChange } from '../tell-changes.ts'
import { renderEntityDiagram } from './entity-diagram.ts'
import { html, type Markup, type Part } from './markup.ts'
import { toBadge, toDetails, toItems } from './page-parts.ts'
import type { PageSubject } from './page-subject.ts'

/** The schema before and after each phase: a picture, and a card of each table that is not what it was. */
export function schemaSection({ changes, states }: PageSubject): Markup | null {
  if (states === null) return null
  const told = changes.filter(({ schema }) => schema.tables.length + schema.others.length > 0)
  return html`<p>Tables that a phase makes, changes or drops, and their neighbours. ${told.length === 0 && 'No phase changes any.'}</p>
${told.map(toPhase)}`
}

function toPhase(change: PhaseChange): Markup {
  const { phase, title, schema, before, after } = change
  const counts = (['new', 'changed', 'gone'] as const).flatMap((fate) => {
    const number = schema.tables.filter((one) => one.fate === fate).length
    return number === 0 ? [] : [`${number} ${fate}`]
  })
  const name = `Phase ${phase}: ${title}`
  return html`<h3>${name}</h3>${toDetails(
    `Tables: ${counts.length === 0 ? 'none' : counts.join(', ')}${schema.others.length > 0 ? `; ${count(schema.others.length, 'other object')}` : ''}`,
    [
      before &&
        after &&
        renderEntityDiagram(
          `diagram-${phase}`,
          `Tables of phase ${phase}`,
          schema.tables,
          before.schema,
          after.schema,
        ),
      html`<div class="cards">${schema.tables.map(toCard)}</div>`,
      schema.others.length > 0 &&
        toItems(schema.others.map(({ name: other, fate }) => `${other} is ${fate}`)),
    ],
  )}`
}

const TONES = { new: 'good', gone: 'bad', changed: 'plain' } as const

function toCard({ table, renamedFrom, fate, parts }: TableDifference): Markup {
  const columns = parts.filter(({ what }) => what === 'column')
  const touched = columns.filter((part) => part.fate !== 'same')
  const same = columns.length - touched.length
  const rest = parts.filter(({ what }) => what !== 'column')
  return html`<article class="card"><h4>${toPlainName(table)} ${toBadge(TONES[fate], fate, SIGNS[fate])}</h4>
${renamedFrom !== null && html`<p>called ${toPlainName(renamedFrom)} before</p>`}
<ul class="parts">${[...touched, ...rest].map(toPart)}</ul>
${same > 0 && html`<p class="same">${count(same, 'column')} as before</p>`}</article>`
}

const SIGNS: Readonly<Record<Fate, string>> = { new: '+', gone: '−', changed: '~', same: '' }
const SAID: Readonly<Record<Fate, string>> = { new: 'added', gone: 'removed', changed: 'changed', same: '' }

function toPart({ what, name, fate, before, after }: PartChange): Markup {
  const [was, is] = [toShort(what, before), toShort(what, after)]
  const definition: Part =
    fate === 'changed' ? html`<del>${was}</del> <ins>${is}</ins>` : html`<code>${is ?? was}</code>`
  return html`<li class="${fate}"><span aria-hidden="true">${SIGNS[fate]} </span><span class="unseen">${SAID[fate]} ${what} </span><b>${name}</b>${what !== 'column' && html` <small>${what}</small>`} ${definition}</li>`
}

/** Name and table of an index stand above its definition already. */
function toShort(what: PartChange['what'], definition: string | null): string | null {
  return what === 'index' && definition !== null
    ? definition.replace(/^CREATE (UNIQUE )?INDEX .*? USING /s, '$1')
    : definition
}
