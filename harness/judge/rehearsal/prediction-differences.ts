import { LOCK_MODES, type LockMode, type StatementCost, toModeName } from '../../model/cost.ts'
import { toShortName } from '../look-up.ts'

/**
 * Where a statement did something else than its text says, in sentences: a stronger or weaker lock, a rewrite that came or stayed away.
 * Whoever reads only the text, a person or a linter, is wrong there. Pure.
 */
export function predictionDifferences(statements: readonly StatementCost[]): string[] {
  let held = new Map<string, LockMode>()
  let transaction = 0
  return statements.flatMap((cost) => {
    if (cost.transaction !== transaction) held = new Map()
    transaction = cost.transaction
    for (const { relation, mode } of cost.locks) held.set(relation, mode)
    if (cost.predicted === null) return []
    const { locks, rewrites } = cost.predicted
    const place = `${cost.file}:${cost.line}`
    const tooWeak = Object.entries(locks).flatMap(([relation, mode]) => {
      const is = held.get(relation)
      return is !== undefined && toStrength(is) >= toStrength(mode)
        ? []
        : [
            `${place} reads as if it took ${toModeName(mode)} on ${toShortName(relation)}; ${is === undefined ? 'it took none' : `it took ${toModeName(is)}`}`,
          ]
    })
    const tooStrong = cost.locks.flatMap(({ relation, mode }) => {
      const told = locks[relation]
      return WEAK.includes(mode) || (told !== undefined && toStrength(told) >= toStrength(mode))
        ? []
        : [`${place} took ${toModeName(mode)} on ${toShortName(relation)}, which its text does not tell`]
    })
    const wrong = Object.entries(rewrites).flatMap(([relation, is]) => {
      const was = cost.rewrites.some((rewrite) => rewrite.relation === relation)
      if (is === 'depends' || is === was) return []
      return was
        ? [`${place} wrote ${toShortName(relation)} anew, which its text does not tell`]
        : [`${place} reads as if it wrote ${toShortName(relation)} anew; it did not`]
    })
    return [...tooWeak, ...tooStrong, ...wrong]
  })
}

/** Locks of reading and changing rows, which keep nobody from doing the same. */
const WEAK: readonly LockMode[] = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock']

function toStrength(mode: LockMode): number {
  return LOCK_MODES.indexOf(mode)
}
