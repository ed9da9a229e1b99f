import { toShortName } from '../judge/look-up.ts'
import { toNames } from '../judge/names-object.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Scenario } from '../model/scenario.ts'

/**
 * Names the tables that phases change although they held no row then: what the phase does to rows was not shown. Tables of an empty
 * database are not named one by one.
 */
export function emptyLimitsOf(
  { phases }: Pick<Scenario, 'phases'>,
  evidence: readonly PhaseEvidence[],
): string[] {
  const empty = evidence.flatMap(({ phase, before }) => {
    const { changes = [], drops = [] } = phases.find(({ id }) => id === phase) ?? {}
    const isTouched = toNames([...changes, ...drops])
    return Object.entries(before.rowCounts)
      .filter(([table, rows]) => rows === 0 && isTouched(table))
      .map(([table]) => `${toShortName(table)} (phase ${phase})`)
  })
  if (empty.length === 0) return []
  return [
    `Tables that a phase changes held no row before it, so what it does to rows was not shown: ${empty.join(', ')}.`,
  ]
}
