import type { Recipe, RehearsedStop } from '../../model/rehearsal.ts'
import type { ToolWords } from '../../model/tool.ts'
import { toCommands } from './to-commands.ts'

/**
 * How a person goes on from each stop of a phase's deploy.
 * @param rollback path of the script that undoes the phase
 */
export function toRecipes(
  stops: readonly RehearsedStop[],
  words: ToolWords,
  rollback: string | null,
): readonly Recipe[] {
  return stops.map((stop) => ({
    migration: stop.migration,
    file: stop.file,
    stopped: toPlace(stop),
    remains: toRemains(stop),
    commands: stop.recovery === null ? [] : toCommands(stop.recovery, stop, words, rollback),
  }))
}

function toPlace({ how, from, to, of, line }: RehearsedStop): string {
  const ways = how.map((one) => WAYS[one]).join(', or ')
  if (line === null && from === of) return `behind its last statement, ${ways}`
  if (from === 0 && to >= of - 1) return `anywhere within the file, ${ways}`
  return from === to
    ? `after statement ${to} of ${of}, before line ${line}, ${ways}`
    : `after statement ${from} to ${to} of ${of}, at the latest before line ${line}, ${ways}`
}

const WAYS = { killed: 'as its session ended', failing: 'as a statement failed' }

function toRemains({ committed, of, remains, isBuilding }: RehearsedStop): string {
  const index = isBuilding
    ? '; an index that was being built concurrently stays invalid: drop it first (not tried)'
    : ''
  const history = `its row in the history has no finish${index}`
  if (committed === 0) return `Nothing of it stays; ${history}.`
  if (committed === of) return `All of it stays; ${history}.`
  return `Its first ${committed === 1 ? 'statement stays' : `${committed} statements stay`}, up to ${remains.at(-1)}; ${history}.`
}
