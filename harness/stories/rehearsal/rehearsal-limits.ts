import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { experiments } from './experiments.ts'

/** What the rehearsals of the phases do not show, in sentences. */
export function rehearsalLimitsOf({ phases }: Scenario, proven: readonly PhaseEvidence[]): string[] {
  const isStated = phases.some(({ rollback, irreversible }) => rollback || irreversible !== undefined)
  const told = proven.flatMap((evidence) => {
    const phase = phases.find(({ id }) => id === evidence.phase)
    return phase ? describe(phase) : []
  })
  return [
    ...(isStated
      ? told
      : ['No phase has a rollback.sql: nothing was shown about undoing a phase by a script.']),
    ...notMade(proven),
    ...proven.flatMap(costLimitOf),
  ]
}

function describe({ id, irreversible, rollbackLeaves = {} }: Phase): string[] {
  if (irreversible !== undefined) return [`Phase ${id} cannot be undone: ${irreversible}`]
  return Object.entries(rollbackLeaves).map(
    ([what, why]) => `The rollback of phase ${id} leaves ${what}: ${why}`,
  )
}

/** Experiments that were not made, with the phases that share the reason. */
function notMade(proven: readonly PhaseEvidence[]): string[] {
  return experiments.flatMap(({ name, title }) => {
    const byReason = new Map<string, number[]>()
    for (const { phase, rehearsal } of proven) {
      const reason = rehearsal?.notMade?.[name]
      if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), phase])
    }
    const subject = `${title.charAt(0).toUpperCase()}${title.slice(1)}`
    return [...byReason].map(
      ([reason, ids]) =>
        `${subject} was not rehearsed for phase${ids.length === 1 ? '' : 's'} ${ids.join(', ')}: ${reason}.`,
    )
  })
}

function costLimitOf({ phase, rehearsal }: PhaseEvidence): string[] {
  const differences = rehearsal?.cost?.differences ?? []
  if (differences.length === 0) return []
  return [
    `What the deploy of phase ${phase} costs was not shown: run one by one, its statements led elsewhere (${differences.join('; ')}).`,
  ]
}
