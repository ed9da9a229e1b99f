import type { Checkpoint } from '../model/checkpoint.ts'
import type { Migration } from '../model/history.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { stagePhase } from '../tool/stage-phase.ts'

/** What a deploy of the phase has in its folder: what the history holds and the phases so far. */
export function stageFor(
  { scenario, migrations }: { readonly scenario: Scenario; readonly migrations: readonly Migration[] },
  phase: Phase,
  before: Pick<Checkpoint, 'history'>,
): readonly Migration[] {
  const recorded = before.history.map(({ name }) => name)
  const soFar = scenario.phases
    .filter(({ id }) => id <= phase.id)
    .flatMap(({ migrations: own, resolve = {} }) => [...own, ...(resolve.applied ?? [])])
  return stagePhase(migrations, recorded, soFar)
}
