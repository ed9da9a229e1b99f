import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { FindingEvidence, MaskedFailure } from '../../model/finding.ts'
import type { HistoryRow, MigrationFailure, Resolve } from '../../model/history.ts'
import { isFailureOf } from '../contradicted.ts'
import type { Check } from '../define-check.ts'
import { findingsOfFailure } from '../history/history-findings.ts'
import { identityOf, isUnfinished, judgeRow, toUnfinished } from '../history-rows.ts'
import { sameList } from '../look-up.ts'
import { describeRemains } from '../remains.ts'
import { findCollision } from '../sequence-position.ts'
import { toSessionFindings } from '../session-findings.ts'

/**
 * Exactly these migrations were newly applied, in this order, each finished, not rolled back, with the checksum of
 * its file. A failed replay is reported here, once, with what it left behind.
 */
export const migrationsApplied: Check<'migrations-applied'> = {
  title: ({ applied }) => `applies exactly ${applied.length} migrations, finished, in order, unedited`,
  judgesFailure: true,
  judge: ({ applied, resolve }, evidence) => {
    const { before, after, replay, missingDependency, words } = evidence
    const resolved = new Set([...resolve.applied, ...resolve.rolledBack])
    const unfinished = before.history.filter((row) => isUnfinished(row) && !resolved.has(row.name))
    if (unfinished.length > 0) return unfinished.map((row) => toUnfinished(row, words))
    const session = toSessionFindings(evidence)
    if (replay.failure) {
      const { failure, applied } = replay
      const further = toFurther(evidence, failure)
      const isReason = replay.session.some(
        ({ brokeDeploy, migration }) => brokeDeploy && migration === failure.migration,
      )
      if (isReason) return [...session, ...further]
      const remains = describeRemains(evidence)
      const known = findingsOfFailure(failure.migration, evidence)
      if (known.length > 0) return [...known, ...session, ...further]
      const behind = findCollision(failure, before.schema)
      if (behind) return [{ ...behind, failure, applied, remains }, ...session, ...further]
      const first: FindingEvidence = missingDependency
        ? { kind: 'dependency-missing', failure, applied, remains, ...missingDependency }
        : { kind: 'migration-failed', failure, applied, remains, ...toMasked(failure, evidence) }
      return [first, ...session, ...further]
    }

    const known = new Set(before.history.map(identityOf))
    const added = after.history.filter((row) => !known.has(identityOf(row)))
    const earlier = new Map(before.history.map((row) => [row.name, row]))
    const findings = applied.flatMap((name): FindingEvidence[] => {
      const row = added.findLast((entry) => entry.name === name)
      if (row) return judgeRow(row, evidence)
      const old = earlier.get(name)
      return old ? [toRecordedAlready(old, evidence)] : [{ kind: 'migration-not-applied', migration: name }]
    })
    const strangers = added
      .filter((row) => !applied.includes(row.name) && !resolved.has(row.name))
      .map((row) => ({
        kind: 'migration-outside-phase' as const,
        migration: row.name,
        when: 'applied during this phase, which does not name it',
      }))
    const vanished = before.history
      .filter((row) => !resolved.has(row.name))
      .filter((row) => !after.history.some((entry) => identityOf(entry) === identityOf(row)))
      .map((row) => ({
        kind: 'migration-outside-phase' as const,
        migration: row.name,
        when: 'its history row was changed or removed during this phase',
      }))
    const hidden = (evidence.hidden ?? []).map((rows) => ({ kind: 'rows-hidden' as const, ...rows }))
    const recordings = resolve.applied.flatMap((name): FindingEvidence[] => {
      const row = added.findLast((entry) => entry.name === name)
      return row ? judgeRow(row, evidence) : [{ kind: 'migration-not-recorded', migration: name }]
    })
    const all = [...findings, ...recordings, ...strangers, ...vanished, ...hidden]
    if (all.length + session.length > 0) return [...session, ...all]

    const order = added.filter((row) => isOfDeploy(row, resolve)).map(({ name }) => name)
    if (sameList(order, applied)) return []
    return [{ kind: 'migration-order', expected: applied, found: order, remedy: words.orderRemedy }]
  },
}

/** No deploy runs it again; whoever runs its file by hand has to know what that does. */
function toRecordedAlready({ name, startedAt }: HistoryRow, { rehearsal }: PhaseEvidence): FindingEvidence {
  const run = rehearsal?.byHand?.find(({ migration }) => migration === name)
  return run && run.lost.length + run.needs.length > 0
    ? { kind: 'unfit-by-hand', migration: name, recordedAt: startedAt, run }
    : {
        kind: 'migration-outside-phase',
        migration: name,
        when: `already recorded before this phase, at ${startedAt}`,
      }
}

/** Is it a row that the deploy wrote, and none that was recorded before it? */
function isOfDeploy({ name, rolledBackAt }: HistoryRow, { applied }: Required<Resolve>): boolean {
  return rolledBackAt === null && !applied.includes(name)
}

function toFurther({ further = [] }: PhaseEvidence, first: MigrationFailure): FindingEvidence[] {
  return further.map(({ failure, missing }) => ({
    kind: 'migration-failed',
    failure,
    remains: [],
    triedAfter: { migration: missing?.migration ?? first.migration, missing: missing?.object ?? null },
  }))
}

/** What the finding says of masked values, where the statement that failed reads some. */
function toMasked(
  failure: MigrationFailure,
  { maskedReads, preconditions }: PhaseEvidence,
): { readonly masked?: MaskedFailure } {
  const columns = maskedReads
    .filter((read) => isFailureOf(failure, read))
    .map(({ column, rule }) => `${column} (${rule})`)
  if (columns.length === 0) return {}
  const asked = preconditions.filter((one) => one.kind === 'fails' && isFailureOf(failure, one))
  const rows = asked.map(({ production }) => (production && 'rows' in production ? production.rows : null))
  const isKnown = rows.length > 0 && rows.every((count) => count !== null)
  return {
    masked: { columns, productionRows: isKnown ? rows.reduce((sum, count) => sum + (count ?? 0), 0) : null },
  }
}
