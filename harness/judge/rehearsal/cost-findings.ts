import type { CostBudget } from '../../model/budget.ts'
import {
  type CostFinding,
  type CostRehearsal,
  type HeldLock,
  type StatementCost,
  waitsBehind,
} from '../../model/cost.ts'
import { toShortName } from '../look-up.ts'

/**
 * Where a deploy exceeds its budget: per table the worst lock, each rewrite, the whole. Empty where the measurement led elsewhere. Pure.
 * @param rowCounts rows per table before the phase: nobody waits for a table that is new
 */
export function costFindings(
  { statements, durationMs, differences }: CostRehearsal,
  budget: Required<CostBudget>,
  rowCounts: Readonly<Record<string, number>>,
): readonly CostFinding[] {
  if (differences.length > 0) return []
  const longest = statements.toSorted((one, other) => other.durationMs - one.durationMs)[0]
  return [
    ...lockFindings(statements, budget, rowCounts),
    ...statements.flatMap((statement) => rewriteFindings(statement, budget, rowCounts)),
    ...(longest && durationMs > budget.deployMs
      ? [
          {
            kind: 'deploy-too-long' as const,
            durationMs: Math.round(durationMs),
            limitMs: budget.deployMs,
            longest: toTimed(longest),
          },
        ]
      : []),
  ]
}

function lockFindings(
  statements: readonly StatementCost[],
  budget: Required<CostBudget>,
  rowCounts: Readonly<Record<string, number>>,
): CostFinding[] {
  const worst = new Map<string, { finding: CostFinding; excess: number }>()
  for (const statement of statements) {
    for (const lock of statement.locks) {
      const limitMs = limitOf(lock, budget)
      const rows = rowCounts[lock.relation] ?? 0
      if (limitMs === null || rows === 0 || lock.heldMs <= limitMs) continue
      const excess = lock.heldMs / limitMs
      if (excess <= (worst.get(lock.relation)?.excess ?? 0)) continue
      const finding: CostFinding = {
        kind: 'lock-held-too-long',
        ...toNamed(statement),
        table: toShortName(lock.relation),
        mode: lock.mode,
        heldMs: Math.round(lock.heldMs),
        limitMs,
        rows,
        longest: findLongest(statements, statement),
      }
      worst.set(lock.relation, { finding, excess })
    }
  }
  return [...worst.values()].map(({ finding }) => finding)
}

/** How long the lock may be held; null for one behind which nothing waits. */
function limitOf({ mode }: HeldLock, { readsWaitMs, writesWaitMs }: Required<CostBudget>): number | null {
  const waiting = waitsBehind(mode)
  if (waiting === 'nothing') return null
  return waiting === 'writes' ? writesWaitMs : readsWaitMs
}

/** The statement of the same transaction, from the one that took the lock on, that took longest. */
function findLongest(statements: readonly StatementCost[], taker: StatementCost) {
  const during = statements
    .slice(statements.indexOf(taker))
    .filter(({ transaction }) => transaction === taker.transaction)
  const [longest = taker] = during.toSorted((one, other) => other.durationMs - one.durationMs)
  return longest === taker ? null : toTimed(longest)
}

function rewriteFindings(
  statement: StatementCost,
  { rewriteBytes: limitBytes }: Required<CostBudget>,
  rowCounts: Readonly<Record<string, number>>,
): CostFinding[] {
  return statement.rewrites
    .filter(({ bytes }) => bytes > limitBytes)
    .map(({ relation, reason, bytes }) => ({
      kind: 'rewrite-too-large',
      ...toNamed(statement),
      table: toShortName(relation),
      reason,
      bytes,
      limitBytes,
      rows: rowCounts[relation] ?? 0,
    }))
}

function toNamed({ file, line, statement }: StatementCost) {
  return { file, line, statement }
}

function toTimed(statement: StatementCost) {
  return { ...toNamed(statement), durationMs: Math.round(statement.durationMs) }
}
