import { toSize, toTime } from '../../ground/amounts.ts'
import { LOCK_MODES, type StatementCost, toModeName, waitsBehind } from '../../model/cost.ts'
import { toShortName } from '../look-up.ts'

/** Did the table hold rows before the statements ran? */
export type IsRowed = (relation: string) => boolean

/** The strongest lock on a table with rows, and who waits for it, as a sentence. */
export function tellStrongestLock(statements: readonly StatementCost[], isRowed: IsRowed): string {
  const [strongest] = statements
    .flatMap(({ locks }) => locks)
    .filter(({ relation, mode }) => isRowed(relation) && waitsBehind(mode) !== 'nothing')
    .toSorted(
      (one, other) =>
        LOCK_MODES.indexOf(other.mode) - LOCK_MODES.indexOf(one.mode) || other.heldMs - one.heldMs,
    )
  return strongest
    ? `Its strongest lock on a table with rows is ${toModeName(strongest.mode)} on ${toShortName(strongest.relation)}, held for ${toTime(strongest.heldMs)}: ${waitsBehind(strongest.mode)} wait.`
    : 'Nobody waits for a table that has rows.'
}

/** A line for a statement that others wait for, or that works on a whole table. */
export function describeStatement(cost: StatementCost, isRowed: IsRowed): string[] {
  const locks = cost.locks
    .filter(({ relation, mode }) => isRowed(relation) && waitsBehind(mode) !== 'nothing')
    .map(({ relation, mode, heldMs, seen }) => {
      const how = seen === 'text' ? ' (told from the statement)' : ''
      return `${toModeName(mode)} on ${toShortName(relation)} for ${toTime(heldMs)}${how}`
    })
  const rewrites = cost.rewrites.map(
    ({ relation, reason, bytes }) => `rewrites ${toShortName(relation)} (${reason}, ${toSize(bytes)})`,
  )
  const scans = cost.scans.map(({ relation, rows }) => `reads ${rows} rows of ${toShortName(relation)}`)
  const changed = cost.rows ? [`changes ${cost.rows} rows`] : []
  const work = [...locks, ...rewrites, ...scans, ...changed]
  if (work.length === 0) return []
  return [`${cost.file}:${cost.line} ${toTime(cost.durationMs)}: ${work.join(', ')}`]
}
