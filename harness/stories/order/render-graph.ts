import type { Tie } from '../../model/order.ts'
import type { GraphEdge, GraphPhase } from './read-graph.ts'

/** The phases for a terminal, each above what it depends on and why, and below them which may run in any order. */
export function renderGraph(phases: readonly GraphPhase[]): string {
  const width = Math.max(...phases.map(({ title }) => title.length))
  const ids = Math.max(...phases.map(({ id }) => `${id}`.length))
  const lines = phases.flatMap((phase) => {
    const { id, title, risk, migrations } = phase
    const size = migrations === 1 ? '1 migration' : `${migrations} migrations`
    const reasons = toReasons(phase)
    return [
      `${`${id}`.padStart(ids)}  ${title.padEnd(width)}  ${risk} risk, ${size}`,
      ...reasons.map(
        ({ on, why }, at) => `${' '.repeat(ids)}  ${at === reasons.length - 1 ? '└─' : '├─'} ${on}  ${why}`,
      ),
    ]
  })
  return `${lines.join('\n')}\n\nby their dependencies: ${toLevels(phases).map(toLevelText).join(', then ')}\n`
}

/** The phases as a Mermaid graph in a block of Markdown. */
export function renderMermaid(phases: readonly GraphPhase[]): string {
  const arrows = phases.flatMap(({ id, dependsOn, unsaid }) => [
    ...dependsOn.map((edge) => {
      const label = edge.because ?? edge.ties[0]?.object
      return `  p${edge.on} -->${label === undefined ? '' : `|"${quote(label)}"|`} p${id}`
    }),
    ...unsaid.map(({ on, tie }) => `  p${on} -.->|"${quote(tie.object)}, not declared"| p${id}`),
  ])
  const nodes = phases.map(({ id, title }) => `  p${id}["${id} ${quote(title)}"]`)
  return `\`\`\`mermaid\ngraph TD\n${[...nodes, ...arrows].join('\n')}\n\`\`\`\n`
}

function toReasons({ dependsOn, unsaid }: GraphPhase): { readonly on: number; readonly why: string }[] {
  return [
    ...dependsOn.map((edge) => ({ on: edge.on, why: toWhy(edge) })),
    ...unsaid.map(({ on, tie }) => ({ on, why: `not declared: ${toTieText(tie)}` })),
  ]
}

function toWhy({ because, ties: [first, ...others] }: GraphEdge): string {
  if (because !== null) return because
  if (!first) return 'no statement names what it makes: prove tries it'
  return `${toTieText(first)}${others.length === 0 ? '' : ` (and ${others.length} more)`}`
}

function toTieText({ object, isCreated, earlier, later }: Tie): string {
  return `${object}: ${isCreated ? 'created' : 'changed'} at ${earlier}, named at ${later}`
}

/** Phases that may come next, again and again. */
function toLevels(phases: readonly GraphPhase[]): readonly (readonly number[])[] {
  const levels: number[][] = []
  const placed = new Map<number, number>()
  for (const { id, dependsOn } of phases) {
    const level = Math.max(-1, ...dependsOn.map(({ on }) => placed.get(on) ?? -1)) + 1
    placed.set(id, level)
    levels[level] = [...(levels[level] ?? []), id]
  }
  return levels
}

function toLevelText(ids: readonly number[]): string {
  return `${ids.join(', ')}${ids.length > 1 ? ' in any order' : ''}`
}

/** Mermaid writes a quotation mark within a label by its name. */
function quote(text: string): string {
  return text.replaceAll('"', '#quot;')
}
