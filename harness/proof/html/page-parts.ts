import { html, type Markup, type Part } from './markup.ts'

const SIGNS = { good: '✓', bad: '✗', open: '–', plain: '' }

/** A state as a word with a sign, so that it is told without its colour. */
export function toBadge(tone: keyof typeof SIGNS, text: string, sign: string = SIGNS[tone]): Markup {
  return html`<span class="badge ${tone}">${sign !== '' && html`<span aria-hidden="true">${sign} </span>`}${text}</span>`
}

/** A table that scrolls by itself where it is wider than the page; the first cell of a row is its header. */
export function toTable(
  caption: string,
  heads: readonly string[],
  rows: readonly { readonly cells: readonly Part[]; readonly states?: readonly string[] }[],
  id = '',
): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${id === '' ? '' : html` id="${id}"`}><caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ cells: [first, ...rest], states }) =>
      html`<tr${states === undefined ? '' : html` data-states="${states.join(' ')}"`}><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`
}

/** Fields by which a table is filtered; hidden until the script of the page shows them. */
export function toFilter(
  table: string,
  what: string,
  states: readonly (readonly [value: string, text: string])[] = [],
): Markup {
  return html`<form class="filter" data-filters="${table}" hidden><label>Filter ${what} <input type="search" name="text" autocomplete="off"></label>${
    states.length === 0
      ? ''
      : html` <label>State <select name="state"><option value="">any</option>${states.map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></label>`
  } <output aria-live="polite"></output></form>`
}

/** Names and texts side by side. */
export function toPairs(pairs: readonly (readonly [name: string, text: Part])[]): Markup {
  return html`<dl>${pairs.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`
}

/** Sentences as a list. */
export function toItems(items: readonly Part[]): Markup {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** Text with its line breaks. */
export function toLines(text: string): Part {
  const [first = '', ...rest] = text.split(/\s*\n\s*/)
  return [first, ...rest.map((line) => html`<br>${line}`)]
}

/** What is shown once somebody asks for it, and printed as it is shown. */
export function toDetails(summary: Part, content: Part): Markup {
  return html`<details><summary>${summary}</summary>${content}</details>`
}
