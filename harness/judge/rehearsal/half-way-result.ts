import type { Recipe, RehearsalResult, RehearsedStop } from '../../model/rehearsal.ts'
import { isRepeatable, UNREPEATABLE } from './is-repeatable.ts'
import type { JudgedPhase } from './results.ts'
import { toRecipes } from './to-recipes.ts'

const experiment = 'half-way'

/** Whether the phase can be recovered wherever its deploy stops, and how. */
export function halfWayResult({ phase, evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { halfWay, notMade } = evidence.rehearsal ?? {}
  if (notMade?.halfWay !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.halfWay}.` }
  if (!halfWay || halfWay.stops.length === 0) return null
  if (!isRepeatable(evidence.rehearsal ?? {})) return { experiment, outcome: 'not-made', says: UNREPEATABLE }
  const recipes = toRecipes(halfWay.stops, evidence.words, phase.rollback?.file ?? null)
  const isLost = findings.some(({ kind }) => kind === 'recovery-fails')
  return {
    experiment,
    outcome: isLost ? 'broke' : 'held',
    says: isLost
      ? 'A deploy that stops half-way can leave what no command recovers.'
      : toSentence(halfWay.stops),
    details: toDetails(recipes),
    recipes,
  }
}

function toSentence(stops: readonly RehearsedStop[]): string {
  const points = stops.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const made = stops.reduce((sum, { how }) => sum + how.length, 0)
  const files = new Set(stops.map(({ migration }) => migration)).size
  return `From each of ${points} places in ${files === 1 ? '1 migration' : `${files} migrations`} commands led on to the state after the phase; ${made} stops stood for all that leave something else.`
}

/** One sentence for all migrations of which the same is to be said. */
function toDetails(recipes: readonly Recipe[]): string[] {
  const byText = new Map<string, string[]>()
  for (const { migration, stopped, remains, commands } of recipes) {
    const steps =
      commands.length === 0 ? 'no command leads on.' : commands.join(' && ').replaceAll(migration, '<name>')
    const text = `stopped ${stopped}: ${remains} ${steps}`
    byText.set(text, [...(byText.get(text) ?? []), migration])
  }
  return [...byText].map(
    ([text, names]) => `${names.length === 1 ? names[0] : `${names.length} migrations`} ${text}`,
  )
}
