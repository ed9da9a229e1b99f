import type { Proof } from '../model/proof.ts'
import type { Recipe } from '../model/rehearsal.ts'

/** What to do when a deploy stops, by phase and migration, as Markdown for the person on duty; empty when nothing was rehearsed. */
export function renderRecipes({ scenario, phases, rehearsals = [] }: Proof): string {
  const chapters = phases.flatMap(({ phase, title }) => {
    const own = rehearsals.filter((rehearsal) => rehearsal.phase === phase)
    const recipes = own.flatMap((rehearsal) => rehearsal.recipes ?? [])
    return recipes.length === 0 ? [] : [`## Phase ${phase}: ${title}`, ...toSections(recipes)]
  })
  if (chapters.length === 0) return ''
  const head = [
    `# When a deploy of ${scenario} stops`,
    'Find the migration that the deploy named last, or the row of the history without a finish. Look whether what its file makes is there: that tells the cases apart, since the server may finish what it was sent after the deploy was killed. Every step was tried on a clone of the state before its phase.',
  ]
  return `${[...head, ...chapters].join('\n\n')}\n`
}

function toSections(recipes: readonly Recipe[]): string[] {
  const names = [...new Set(recipes.map(({ migration }) => migration))]
  return names.flatMap((name) => [
    `### ${name}`,
    ...recipes.filter(({ migration }) => migration === name).map(toSection),
  ])
}

function toSection({ stopped, remains, commands, file }: Recipe): string {
  const steps =
    commands.length === 0
      ? `No command that was tried leads on. Run the rest of ${file} by hand, and have it recorded as applied.`
      : ['```sh', ...commands, '```'].join('\n')
  return `Stopped ${stopped}. ${remains}\n\n${steps}`
}
