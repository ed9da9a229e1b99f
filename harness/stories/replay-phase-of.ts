import { listStatements } from '../ground/sql/list-statements.ts'
import { isServerTrouble } from '../ground/sqlstate.ts'
import { toSystemFailure } from '../ground/system-failure.ts'
import { fetchRewriteResults, type SqlRewrite } from '../inspect/content/fetch-rewrite-results.ts'
import { withTwoClients } from '../inspect/content/observe-content.ts'
import { runProbes } from '../inspect/run-probes.ts'
import { withDatabase } from '../inspect/with-database.ts'
import { expectationsOf } from '../judge/expectations-of.ts'
import { isJudgeable, judge } from '../judge/judge.ts'
import { toNeeds } from '../judge/needs.ts'
import { unmatchedPatterns } from '../judge/unmatched-patterns.ts'
import type { Checkpoint, PhaseEvidence, ProbeResult } from '../model/checkpoint.ts'
import type { Surroundings } from '../model/cluster.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration, ReplayOutcome } from '../model/history.ts'
import { namedBy } from '../model/named-by.ts'
import type { Cluster, PostgresServer, Progress } from '../model/ports.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import type { MigrationTool } from '../model/tool.ts'
import { listClusterChanges } from '../postgres/cluster/cluster-changes.ts'
import { askBefore } from './ask-preconditions.ts'
import { assertServerHas } from './assert-server-has.ts'
import { buildReferences } from './build-references.ts'
import type { TargetSchema } from './build-target.ts'
import { toPhaseKey } from './checkpoint-key.ts'
import type { Built, Checkpoints, StoredCheckpoint } from './checkpoints.ts'
import { explainMissing } from './explain-missing.ts'
import { findHiddenRows } from './find-hidden-rows.ts'
import { listSkipped } from './list-skipped.ts'
import type { RolePlan } from './role-plan.ts'
import { stageFor } from './stage-for.ts'
import { tryOthers } from './try-others.ts'

/** What the phases of one scenario share while they are replayed. */
export interface PhaseContext {
  readonly scenario: Scenario
  readonly tool: MigrationTool
  readonly server: PostgresServer
  readonly projectRoot: string
  readonly cacheFolder: string
  readonly migrations: readonly Migration[]
  readonly checkpoints: Checkpoints
  readonly target: TargetSchema
  readonly cluster: Cluster
  readonly roles: RolePlan
  readonly progress: Progress
  /** Rows of the snapshot were multiplied. */
  readonly isMultiplied?: true
  /** After a migration that fails, try the others of its phase. */
  readonly keepGoing?: true
  /** Which databases stay for a person to look at. */
  readonly keep: 'nothing' | 'failed' | 'all'
}

/** A phase's evidence, and the database that was kept of it. */
interface ReplayedPhase {
  readonly evidence: PhaseEvidence
  readonly surroundings: Surroundings
  readonly isReused: boolean
  readonly kept: string | null
}

/**
 * Takes the state after a phase from its checkpoint, if `mayReuse`, or makes it on a clone of the state before. Then
 * it runs the probes and builds the references that the phase compares with.
 * @throws plan-invalid when a pattern under `changes` stands for nothing
 */
export async function replayPhaseOf(
  context: PhaseContext,
  phase: Phase,
  before: StoredCheckpoint,
  mayReuse: boolean,
): Promise<ReplayedPhase> {
  // A checkpoint may be reused only if the state before it was itself reused: else the two would not follow from each
  // other.
  const { scenario, tool, migrations, checkpoints, cluster } = context
  const staged = stageFor(context, phase, before.checkpoint)
  const key = toPhaseKey(before.checkpoint.key, tool.rules, staged, phase.resolve)
  const found = mayReuse ? await findWhole(key, context) : null
  if (!found) await cluster.enter(before.surroundings.roles)
  const made = found
    ? { ...found, sealed: true }
    : await checkpoints.make(key, before.checkpoint, tool, (url, database) =>
        replayWithin(context, phase, database, (own) => replay(context, phase, staged, before, url, own)),
      )
  const outcome = made.replay ?? { applied: [], failure: null, session: [], durationMs: 0 }
  context.progress.step(describe(phase, outcome, found !== null))
  if (made.sealed) assertPatternsMatch(scenario, phase, before.checkpoint, made.checkpoint)

  const beforePlan = phase.id === scenario.phases[0]?.id ? (scenario.recorded ?? []) : []
  const named = [...namedBy(phase), ...beforePlan]
  const evidence = {
    phase: phase.id,
    before: before.checkpoint,
    after: made.checkpoint,
    replay: outcome,
    migrations: migrations.filter(({ name }) => named.includes(name)),
    missingDependency:
      outcome.failure && (await explainMissing(outcome.failure, phase.id, scenario, migrations)),
    ...(outcome.failure &&
      context.keepGoing && {
        further: await tryOthers(outcome.failure, {
          ...context,
          staged,
          database: made.checkpoint.database,
        }),
      }),
    preconditions: outcome.preconditions ?? [],
    maskedReads: [],
    probes: made.sealed ? await askProbes(context, phase, made.checkpoint.database) : [],
    rewrites: made.sealed ? await judgeRewrites(context, phase, before.checkpoint, made.checkpoint) : [],
    judgedOn: new Date().toISOString().slice(0, 10),
    references: made.sealed
      ? await buildReferences(toNeeds(expectationsOf(phase, scenario)).references, context, made.surroundings)
      : {},
    words: tool.words,
    ...(context.isMultiplied && { isMultiplied: true as const }),
    outside: made.surroundings.changes,
    hidden: made.surroundings.hidden,
  }
  return {
    evidence: { ...evidence, ...(await explainGaps(context, phase, evidence)) },
    surroundings: made.surroundings,
    isReused: found !== null,
    kept: await settle(context, phase, made.checkpoint.database, made.sealed),
  }
}

/** Which statements did nothing, where something is missing or wrong: else nobody asks, and reading all files takes time. */
async function explainGaps(
  { scenario, migrations }: PhaseContext,
  phase: Phase,
  evidence: PhaseEvidence,
): Promise<Pick<PhaseEvidence, 'skipped'>> {
  const hasGap = expectationsOf(phase, scenario)
    .filter((expectation) => isJudgeable(expectation, evidence))
    .some((expectation) => judge(expectation, evidence).some(({ kind }) => /^(missing|wrong)-/.test(kind)))
  if (!hasGap) return {}
  const applied = migrations.filter(({ name }) => phase.migrations.includes(name))
  return { skipped: await listSkipped(applied, evidence.before.schema) }
}

/** A checkpoint whose roles are still there: a role can go without its database. */
export async function findWhole(
  key: string,
  { checkpoints, cluster }: Pick<PhaseContext, 'checkpoints' | 'cluster'>,
): Promise<StoredCheckpoint | null> {
  const found = await checkpoints.find(key)
  return found && (await cluster.enter(found.surroundings.roles)) ? found : null
}

/** Replays as the migrator, and sees what that changes outside of the database; what is no role's is undone at once. */
async function replayWithin(
  { cluster, server, roles, migrations }: PhaseContext,
  phase: Phase,
  database: string,
  replay: (url: string) => Promise<ReplayOutcome>,
): Promise<Built> {
  const before = await cluster.read(database)
  const { migrator } = roles.by ?? {}
  const migratorUrl = server.connectionString(database, migrator)
  const outcome = await replay(migratorUrl)
  const after = await cluster.read(database)
  const applied = migrations.filter(({ name }) => phase.migrations.includes(name))
  const superuserUrl = server.connectionString(database)
  const surroundings = {
    roles: cluster.rolesOf(after),
    changes: listClusterChanges(before, after),
    hidden:
      migrator === undefined || outcome.failure
        ? []
        : await findHiddenRows({ migrator, migratorUrl, superuserUrl }, applied),
  }
  if (surroundings.changes.length > 0) await cluster.enter(surroundings.roles)
  return { replay: outcome, surroundings }
}

/** A migration that failed because the server lacks something failed for no fault of its own. */
async function replay(
  context: PhaseContext,
  phase: Phase,
  staged: readonly Migration[],
  { checkpoint }: StoredCheckpoint,
  superuserUrl: string,
  url: string,
): Promise<ReplayOutcome> {
  // Asked here, since this is the database as it is before the phase, and open; and of every row, whatever row security hides.
  const own = staged.filter(({ name }) => phase.migrations.includes(name))
  const preconditions = await askBefore(superuserUrl, checkpoint.schema, own, context.server.version.major)
  const { applied = [], rolledBack = [] } = phase.resolve ?? {}
  if (applied.length + rolledBack.length > 0) {
    const resolving = { connectionString: url, migrations: staged, applied, rolledBack }
    const refused = await context.tool.resolve(resolving)
    if (refused) return { applied: [], failure: refused, session: [], durationMs: 0, preconditions }
  }
  const outcome = await context.tool.apply({
    connectionString: url,
    migrations: staged,
    expectedNew: phase.migrations,
    onMigration: (_name, number, count) =>
      context.progress.count(`phase ${phase.id}: migrations`, number, count),
  })
  const { failure } = outcome
  if (failure) assertServerHas(failure, context.migrations, context.server.version.major)
  if (failure && isServerTrouble(failure.sqlstate)) {
    const lack = toSystemFailure(Object.assign(new Error(failure.message), { code: failure.sqlstate }))
    if (lack) throw lack
  }
  return { ...outcome, preconditions }
}

function assertPatternsMatch(scenario: Scenario, phase: Phase, before: Checkpoint, after: Checkpoint): void {
  const faults = unmatchedPatterns(phase, { before, after }).map(
    (pattern) => `phase ${phase.name}: nothing is named ${pattern}, neither before the phase nor after it`,
  )
  if (faults.length === 0) return
  throw new HarnessError(
    'plan-invalid',
    `Compared the patterns under changes of scenario ${scenario.name} with the database: ${faults.join('; ')}.`,
    'Correct the pattern or remove it: one that stands for nothing would excuse what comes later.',
    { scenario: scenario.name, faults },
  )
}

function askProbes({ checkpoints }: PhaseContext, phase: Phase, database: string): Promise<ProbeResult[]> {
  const { probes } = toNeeds(phase.expect)
  if (probes.length === 0) return Promise.resolve([])
  const split = async (sql: string) => (await listStatements(sql))?.map(({ text }) => text) ?? [sql]
  return checkpoints.withScratch(database, (url) =>
    withDatabase(url, (client) => runProbes(client, probes, split)),
  )
}

async function judgeRewrites(
  { checkpoints }: PhaseContext,
  { rewrites = [] }: Phase,
  before: Checkpoint,
  after: Checkpoint,
): Promise<PhaseEvidence['rewrites']> {
  const declared = rewrites.filter((rewrite): rewrite is SqlRewrite => 'how' in rewrite)
  if (declared.length === 0) return []
  return checkpoints.withScratch(before.database, (beforeUrl) =>
    checkpoints.withScratch(after.database, (afterUrl) =>
      withTwoClients(beforeUrl, afterUrl, (clients) =>
        fetchRewriteResults(clients, before.content.tables, after.content.tables, declared),
      ),
    ),
  )
}

/** Keeps the phase's database for a person or lets it go; null when nothing was kept. */
async function settle(
  { checkpoints, keep, server }: PhaseContext,
  phase: Phase,
  database: string,
  sealed: boolean,
) {
  if (keep === 'all' || (keep === 'failed' && !sealed)) return checkpoints.keep(database, sealed, phase.id)
  if (sealed) await checkpoints.forgetKept(phase.id)
  else await server.dropDatabase(database)
  return null
}

function describe(
  { id, title }: Phase,
  { applied, failure, durationMs }: ReplayOutcome,
  reused: boolean,
): string {
  const what = `phase ${id} ${title}`
  if (failure) return `${what}: ${failure.migration || 'history'} failed`
  if (reused) return `${what}: checkpoint reused`
  return `${what}: ${applied.length === 1 ? '1 migration' : `${applied.length} migrations`} replayed in ${Math.round(durationMs)} ms`
}
