import { HarnessError } from '../../model/error.ts'
import type { Migration } from '../../model/history.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { stagePhase } from '../../tool/stage-phase.ts'

/** Which migrations production's deploy of a phase is given. */
interface StagedMigrations {
  /** In the tool's order. */
  readonly staged: readonly Migration[]
  /** Names that the deploy applies. */
  readonly applied: readonly string[]
  /** Names that production has and the folder has not. */
  readonly missing: readonly string[]
}

/**
 * Chooses what production has, plus one phase. Pure.
 * @param have names in production's history; null: what the scenario and the phases before say
 * @throws plan-invalid where production lacks migrations of an earlier phase, or has this one already
 */
export function chooseStaged(
  scenario: Scenario,
  upTo: number,
  migrations: readonly Migration[],
  have: readonly string[] | null,
): StagedMigrations {
  const before = scenario.phases.filter(({ id }) => id < upTo)
  const own = scenario.phases.filter(({ id }) => id === upTo).flatMap(({ migrations: names }) => names)
  const resolved = scenario.phases.filter(({ id }) => id === upTo).flatMap(toResolved)
  const earlier = before.flatMap((phase) => [...phase.migrations, ...toResolved(phase)])
  const recorded = [...(scenario.recorded ?? []), ...scenario.phases.flatMap((phase) => phase.recorded ?? [])]
  const there = new Set(have ?? [...recorded, ...earlier])
  const faults = [
    ...earlier
      .filter((name) => !there.has(name))
      .map((name) => `production lacks ${name} of an earlier phase`),
    ...own.filter((name) => there.has(name)).map((name) => `production has ${name} of phase ${upTo} already`),
  ]
  if (faults.length > 0) {
    throw new HarnessError(
      'plan-invalid',
      `Phase ${upTo} of scenario ${scenario.name} cannot be staged:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      'Stage the phase that comes next in production; nothing was written.',
      { scenario: scenario.name, faults },
    )
  }
  const folders = new Set(migrations.map(({ name }) => name))
  const staged = stagePhase(migrations, there, [...own, ...resolved])
  return {
    staged,
    applied: staged.filter(({ name }) => own.includes(name)).map(({ name }) => name),
    missing: [...there].filter((name) => !folders.has(name)).sort(),
  }
}

/** What a person records before the deploy, which therefore must lie in the folder. */
function toResolved({ resolve = {} }: Phase): readonly string[] {
  return resolve.applied ?? []
}
