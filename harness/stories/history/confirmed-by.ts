import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { HistoryAudit, MigrationVerdict } from '../../model/history-audit.ts'
import type { Scenario } from '../../model/scenario.ts'

/** The audit without obstacles that the replay got past. */
export function confirmedBy(phases: readonly PhaseEvidence[], audit: HistoryAudit): HistoryAudit {
  const applied = new Set(phases.flatMap(({ replay }) => replay.applied))
  return { ...audit, obstacles: audit.obstacles.filter(({ migration }) => !applied.has(migration)) }
}

/** What of an audit a phase is judged on: all of it for the first, else its own migrations and what it repairs. */
export function partFor({ phase }: PhaseEvidence, audit: HistoryAudit, { phases }: Scenario): HistoryAudit {
  const own = phases.find(({ id }) => id === phase)
  if (own === undefined || own.id === phases[0]?.id) return audit
  const obstacles = audit.obstacles.filter(
    (obstacle) =>
      obstacle.phase === phase ||
      audit.obstacles.some(
        ({ phase: id, needs }) => id === phase && needs === obstacle.needs && needs !== null,
      ),
  )
  const names = new Set([
    ...(own.repairs ?? []),
    ...(own.recorded ?? []),
    ...(own.resolve?.applied ?? []),
    ...obstacles.flatMap(({ migration, needs }) => [needs ?? migration]),
  ])
  return { ...audit, obstacles, migrations: audit.migrations.filter(({ migration }) => names.has(migration)) }
}

/** Does a verdict end in a finding, so that a person needs a way out of it? */
export function isUnexcused(
  { migration, verdict, declared }: MigrationVerdict,
  { obstacles }: HistoryAudit,
): boolean {
  const isMet = obstacles.some(({ needs, migration: name }) => (needs ?? name) === migration)
  return isMet || (declared === null && ['effects-absent', 'half-applied', 'failed'].includes(verdict))
}
