import { Graph, layout, type Point } from '@dagrejs/dagre'
import type { SchemaModel } from '../../model/schema-model.ts'
import type { Fate, TableDifference } from '../schema-changes.ts'
import { toFullName, toPlainName } from '../schema-changes.ts'
import { count } from '../tell-changes.ts'
import { html, type Markup } from './markup.ts'
import { toDetails, toItems } from './page-parts.ts'

/** A diagram of more tables than these cannot be read, and takes long to lay out. */
const MOST_TABLES = 40
/** Columns of a table that its box shows. */
const SHOWN_COLUMNS = 8
const [CHARACTER, LINE, MARGIN] = [6.9, 17, 10]

const SIGNS: Readonly<Record<Fate | 'neighbour', string>> = {
  new: '+',
  gone: '−',
  changed: '~',
  same: ' ',
  neighbour: ' ',
}

interface Box {
  readonly table: string
  readonly fate: Fate | 'neighbour'
  readonly lines: readonly string[]
}

interface Relation {
  readonly from: string
  readonly to: string
  readonly columns: string
}

/** The tables that a phase touches and those they refer to or are referred from, as a picture with its relations as text below. Pure. */
export function renderEntityDiagram(
  id: string,
  title: string,
  differences: readonly TableDifference[],
  before: SchemaModel,
  after: SchemaModel,
): Markup | null {
  const touched = new Map(differences.map((one) => [one.table, one]))
  const models = new Map([...before.tables, ...after.tables].map((table) => [toFullName(table), table]))
  const relations = [...models.values()].flatMap((table) =>
    table.constraints.flatMap(({ references, columns }): Relation[] =>
      references && models.has(references.table)
        ? [{ from: toFullName(table), to: references.table, columns: columns.join(', ') }]
        : [],
    ),
  )
  const near = relations.filter(({ from, to }) => touched.has(from) || touched.has(to))
  const names = new Set([...touched.keys(), ...near.flatMap(({ from, to }) => [from, to])])
  const isWide = names.size > MOST_TABLES
  const shown = isWide ? new Set(touched.keys()) : names
  if (shown.size === 0) return null
  if (shown.size > MOST_TABLES)
    return html`<p>The phase touches ${shown.size} tables, too many for a picture: their cards below tell each of them.</p>`
  const drawn = near.filter(({ from, to }) => shown.has(from) && shown.has(to))
  const boxes = [...shown].sort().map((table) => toBox(table, touched.get(table)))
  return html`${isWide && html`<p>Neighbours of the ${count(touched.size, 'touched table')} are left out of the picture: there are ${names.size - touched.size}.</p>`}
<figure><div class="scroll diagram" role="region" aria-label="${title}" tabindex="0">${draw(id, title, boxes, drawn)}</div>
<figcaption>+ new, ~ changed, − gone; an arrow leads from a foreign key to the table it refers to.</figcaption></figure>
${drawn.length > 0 && toDetails('The relations of the picture as text', toItems(drawn.map(({ from, to, columns }) => `${toPlainName(from)} (${columns}) refers to ${toPlainName(to)}`)))}`
}

function toBox(table: string, difference: TableDifference | undefined): Box {
  const columns = (difference?.parts ?? []).filter(({ what, fate }) => what === 'column' && fate !== 'same')
  const more = columns.length - SHOWN_COLUMNS
  const fate = difference?.fate ?? 'neighbour'
  return {
    table,
    fate,
    lines: [
      `${SIGNS[fate]} ${toPlainName(table)}`.trim(),
      ...columns.slice(0, SHOWN_COLUMNS).map(({ name, fate: own }) => `${SIGNS[own]} ${name}`),
      ...(more > 0 ? [`  … ${more} more`] : []),
    ].map(toShort),
  }
}

/** A name of any length fits its box. */
function toShort(text: string): string {
  const characters = [...text.slice(0, 80)]
  return characters.length > 36 ? `${characters.slice(0, 35).join('')}…` : text
}

function draw(id: string, title: string, boxes: readonly Box[], relations: readonly Relation[]): Markup {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 60, marginx: MARGIN, marginy: MARGIN })
  graph.setDefaultEdgeLabel(() => ({}))
  // Names of tables are not used as keys of the layout: nothing they may be called can disturb it.
  const keys = new Map(boxes.map(({ table }, position) => [table, `n${position}`]))
  for (const { table, lines } of boxes) {
    const width = Math.max(...lines.map((line) => [...line].length)) * CHARACTER + 2 * MARGIN
    graph.setNode(keys.get(table) ?? '', { width, height: lines.length * LINE + MARGIN })
  }
  const single = new Map(
    relations
      .filter(({ from, to }) => from !== to)
      .map(({ from, to }) => [`${keys.get(from)} ${keys.get(to)}`, [keys.get(from), keys.get(to)] as const]),
  )
  for (const [from = '', to = ''] of single.values()) graph.setEdge(from, to)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  const edges = [...single.values()].map(
    ([from = '', to = '']): readonly Point[] => graph.edge(from, to).points ?? [],
  )
  return html`<svg role="img" aria-labelledby="${id}-title" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"><title id="${id}-title">${title}: ${boxes.map(({ lines }) => lines[0]).join(', ')}</title>
<defs><marker id="${id}-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" class="arrow"/></marker></defs>
${edges.map((points) => html`<path class="edge" marker-end="url(#${id}-arrow)" d="${toPath(points)}"/>`)}
${boxes.map(({ table, fate, lines }) => {
  const node = graph.node(keys.get(table) ?? '')
  const [left, top] = [node.x - node.width / 2, node.y - node.height / 2]
  return html`<g class="box ${fate}"><rect x="${toTenth(left)}" y="${toTenth(top)}" width="${toTenth(node.width)}" height="${toTenth(node.height)}" rx="5"/>${lines.map((line, position) => html`<text x="${toTenth(left + MARGIN)}" y="${toTenth(top + LINE * (position + 1))}" class="${position === 0 ? 'name' : 'column'}">${line}</text>`)}</g>`
})}</svg>`
}

function toPath(points: readonly Point[]): string {
  return points
    .map(({ x, y }, position) => `${position === 0 ? 'M' : 'L'}${toTenth(x)} ${toTenth(y)}`)
    .join('')
}

function toTenth(number: number): string {
  return String(Math.round(number * 10) / 10)
}
