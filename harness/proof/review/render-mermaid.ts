import type { PhaseResult } from '../../model/proof.ts'
import type { Phase } from '../../model/scenario.ts'

const SIGNS = { passed: '✓', failed: '✗', 'not-run': '–' }

/** The phases as a Mermaid picture in a block of Markdown, each with its outcome, after what it depends on. Pure. */
export function renderPhasePicture(results: readonly PhaseResult[], phases: readonly Phase[]): string {
  const ids = new Set(results.map(({ phase }) => phase))
  const nodes = results.map(
    ({ phase, title, outcome }) =>
      `  p${phase}["${SIGNS[outcome]} ${phase} ${toLabel(title)}"]:::${outcome.replace('-', '')}`,
  )
  const arrows = phases.flatMap(({ id, dependsOn }) =>
    ids.has(id) ? dependsOn.filter((on) => ids.has(on)).map((on) => `  p${on} --> p${id}`) : [],
  )
  const styles = [
    '  classDef passed stroke:#2da44e,stroke-width:2px',
    '  classDef failed stroke:#cf222e,stroke-width:4px',
    '  classDef notrun stroke:#9a6700,stroke-dasharray:4 3',
  ]
  return ['```mermaid', 'flowchart LR', ...nodes, ...arrows, ...styles, '```'].join('\n')
}

/** Letters, digits and spaces stay; anything else could end the label or the block, and is written as its code. */
function toLabel(title: string): string {
  const characters = [...title.slice(0, 80)].slice(0, 40)
  return characters
    .map((character) =>
      /[\p{L}\p{N} ]/u.test(character) ? character : `#${character.codePointAt(0) ?? 63};`,
    )
    .join('')
}
