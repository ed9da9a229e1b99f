import { toSha256 } from '../../ground/file-digest.ts'
import { observeContent } from '../../inspect/content/observe-content.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { stateDifferences } from '../../judge/rehearsal/state-differences.ts'
import type { Checkpoint, PhaseEvidence } from '../../model/checkpoint.ts'
import type { Migration, MigrationFailure } from '../../model/history.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { Rehearsal } from '../../model/rehearsal.ts'
import type { Phase } from '../../model/scenario.ts'
import { rehearseRollback } from '../../rehearse/rehearse-rollback.ts'
import { harnessDigest } from '../harness-digest.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { readRehearsal, writeRehearsal } from './stored-rehearsal.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'

/** A phase between its two checkpoints, and what a deploy of it has in its folder. */
interface RehearsedPhase {
  readonly phase: Phase
  readonly evidence: PhaseEvidence
  readonly staged: readonly Migration[]
}

/** What experiments are made in: a run's context, and whether it may take those of an earlier run. */
type RehearsalContext = PhaseContext & { readonly mayReuse: boolean }

/**
 * Makes the experiments of a phase on clones of its checkpoints, or takes them from an earlier run of the same. Null when there is
 * nothing to rehearse.
 * @throws postgres-lost, engine-failed
 */
export async function rehearsePhase(
  context: RehearsalContext,
  rehearsed: RehearsedPhase,
): Promise<Rehearsal | null> {
  const { phase, evidence } = rehearsed
  const { rollback } = phase
  if (!rollback || evidence.replay.failure || whyUnrehearsed(phase, evidence) !== null) return null
  const key = toSha256(
    JSON.stringify([evidence.before.key, evidence.after.key, rollback.sha256, harnessDigest('rehearsal')]),
  )
  const place = { cacheFolder: context.cacheFolder, scenario: context.scenario.name, phase: phase.id }
  const kept = context.mayReuse ? readRehearsal(place, key) : null
  if (kept) return kept
  const startedAt = performance.now()
  const made = await withClone(context, rehearsed, evidence.after.database, (database) =>
    rehearseRollback(database, rollback.sql),
  )
  const rehearsal = { rollback: made }
  writeRehearsal(place, key, rehearsal)
  const tookMs = Math.round(performance.now() - startedAt)
  context.progress.step(
    `phase ${phase.id}: rolled back on a clone in ${made.durationMs} ms; the rehearsal took ${tookMs} ms`,
  )
  return rehearsal
}

/** Runs an experiment on a clone of its own, as the role that applies migrations. */
function withClone<T>(
  context: PhaseContext,
  rehearsed: RehearsedPhase,
  template: string,
  use: (database: RehearsedDatabase) => Promise<T>,
): Promise<T> {
  const { checkpoints, server, roles } = context
  return checkpoints.withScratch(template, (url, name) => {
    const connectionString = server.connectionString(name, roles.by?.migrator)
    return use({
      connectionString,
      deploy: () => deploy(context, rehearsed, connectionString),
      compareWith: (state) => compare(context, url, rehearsed.evidence[state], state),
    })
  })
}

async function deploy(
  { tool }: PhaseContext,
  { phase, staged }: RehearsedPhase,
  connectionString: string,
): Promise<MigrationFailure | null> {
  const { applied = [], rolledBack = [] } = phase.resolve ?? {}
  if (applied.length + rolledBack.length > 0) {
    const refused = await tool.resolve({ connectionString, migrations: staged, applied, rolledBack })
    if (refused) return refused
  }
  const outcome = await tool.apply({ connectionString, migrations: staged, expectedNew: phase.migrations })
  return outcome.failure
}

/** The rows after a second deploy are only counted: a default such as now() gives others. */
async function compare(
  { tool, checkpoints }: PhaseContext,
  url: string,
  expected: Checkpoint,
  state: 'before' | 'after',
): Promise<readonly string[]> {
  if (state === 'after') return stateDifferences(expected, await inspectDatabase(url, tool), null)
  const observing = observeContent(url, tool.historyTable, {
    tables: expected.content.tables,
    open: (use) => checkpoints.withScratch(expected.database, use),
  })
  const [found, { changes }] = await Promise.all([inspectDatabase(url, tool), observing])
  return stateDifferences(expected, found, changes)
}
