import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import type { HistoryAudit, MigrationVerdict, Obstacle } from '../../model/history-audit.ts'
import { listAbsent } from './judge-history.ts'
import { listFacts } from './list-facts.ts'

const NONE: HistoryAudit = { migrations: [], obstacles: [], broken: null }

/** Everything that is wrong with a history before the first phase: rows that lie, and what the phases will not get past. */
export function findingsOfHistory({ audit = NONE, words }: PhaseEvidence): FindingEvidence[] {
  const { migrations, obstacles } = audit
  return migrations.flatMap((verdict): FindingEvidence[] => {
    const own = obstacles.filter(({ needs, migration }) => (needs ?? migration) === verdict.migration)
    const collisions = own.filter(({ needs }) => needs === null)
    if (collisions.length > 0) return [toThereAlready(verdict, collisions, words.resolveApplied)]
    if (verdict.verdict === 'impossible') return [toImpossible(verdict)]
    if (!isLie(verdict)) return []
    const isExcused = verdict.declared !== null && own.length === 0
    return isExcused ? [] : [toWithoutEffects(verdict, own)]
  })
}

/** The findings about a migration that failed for what the history says of it, or of what it needs; none for any other failure. */
export function findingsOfFailure(
  migration: string,
  { audit = NONE, words }: PhaseEvidence,
): FindingEvidence[] {
  const own = audit.obstacles.filter((obstacle) => obstacle.migration === migration)
  return audit.migrations.flatMap((verdict): FindingEvidence[] => {
    const collisions = own.filter(({ needs }) => needs === null && verdict.migration === migration)
    if (collisions.length > 0) return [toThereAlready(verdict, collisions, words.resolveApplied)]
    const needed = audit.obstacles.filter(({ needs }) => needs === verdict.migration)
    return needed.some((obstacle) => own.includes(obstacle)) ? [toWithoutEffects(verdict, needed)] : []
  })
}

/** Is a row of the history untrue about the catalog? */
function isLie({ verdict }: MigrationVerdict): boolean {
  return verdict === 'effects-absent' || verdict === 'half-applied'
}

/** What is missing after a phase that repairs a recorded migration, or has one recorded as applied. */
export function judgeRepair(name: string, { audit = NONE, after, phase }: PhaseEvidence): FindingEvidence[] {
  const verdict = audit.migrations.find(({ migration }) => migration === name)
  if (!verdict) return []
  const facts = listFacts(after.schema)
  const still = verdict.absent.filter(({ key, expected, found }) => {
    const now = facts.get(key) ?? null
    // Another definition than the recorded one may be what the plan has in mind; nothing at all is not.
    return expected === null ? now !== null : now === null || (now === found && found !== null)
  })
  if (still.length === 0) return []
  return [{ ...toWithoutEffects({ ...verdict, absent: still }, []), repairedBy: phase }]
}

/** A declaration about a recorded migration that is true all the same. */
export function findVoid(
  declared: 'repairs' | 'untrue',
  name: string,
  { audit }: PhaseEvidence,
): FindingEvidence[] {
  if (!audit) return []
  const verdict = audit.migrations.find(({ migration }) => migration === name)
  if (verdict && (isLie(verdict) || verdict.verdict === 'unknown')) return []
  return [
    {
      kind: 'declaration-void',
      declaration: `${declared} ${name}`,
      expected: 'a recorded migration whose effects production lacks',
      found: verdict?.evidence.join('; ') ?? 'neither the history nor the folder knows it',
      remedy: `Remove it from \`${declared}\`: left in, it would excuse a lie that comes later.`,
    },
  ]
}

function toWithoutEffects(
  { migration, evidence, absent, present, looked, wayOut }: MigrationVerdict,
  needed: readonly Obstacle[],
): FindingEvidence & { kind: 'recorded-without-effects' } {
  return {
    kind: 'recorded-without-effects',
    migration,
    recordedAs: evidence[0] ?? '',
    absent: listAbsent(absent),
    present,
    looked,
    neededBy: needed.map(({ phase, place, object }) => ({ phase, place, object })),
    repairedBy: null,
    wayOut,
  }
}

function toThereAlready(
  { migration, phase, verdict, absent, present, looked, wayOut }: MigrationVerdict,
  collisions: readonly Obstacle[],
  resolve: string,
): FindingEvidence {
  return {
    kind: 'effects-there-already',
    migration,
    appliedBy: phase ?? 0,
    collisions: collisions.map(({ object, place }) => `${object} at ${place}`),
    present: verdict === 'unknown' ? null : present,
    looked,
    absent: listAbsent(absent),
    wayOut,
    resolve: resolve.replace('<name>', migration),
  }
}

function toImpossible({ migration, evidence, present, looked }: MigrationVerdict): FindingEvidence {
  return { kind: 'history-row-impossible', migration, faults: evidence, present, looked }
}
