import { describeOperations } from '../judge/describe-operations.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Migration } from '../model/history.ts'
import type { Cluster, PostgresServer, Progress } from '../model/ports.ts'
import type { ExperimentName } from '../model/rehearsal.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { renderHistory } from '../proof/render-history.ts'
import { readSetSequences } from '../snapshot/load-snapshot.ts'
import { viewProduction } from './ask-preconditions.ts'
import { assertSanitised } from './assert-sanitised.ts'
import { toPhaseKey } from './checkpoint-key.ts'
import type { StoredCheckpoint } from './checkpoints.ts'
import { describeAbout } from './describe-about.ts'
import { describeConditions } from './describe-conditions.ts'
import { describeSequences } from './describe-sequences.ts'
import { emptyLimitsOf } from './empty-limits.ts'
import { auditBase, toMoment } from './history/audit-base.ts'
import { confirmedBy, isUnexcused, partFor } from './history/confirmed-by.ts'
import { proveWayForward } from './history/prove-way-forward.ts'
import { idleLimitsOf } from './idle-limits.ts'
import {
  enumLimitsOf,
  historyLimitsOf,
  limitsOf,
  outsideLimitsOf,
  rightsLimitsOf,
  targetLimitsOf,
} from './limits-of.ts'
import { type BaseSubject, openBase } from './open-base.ts'
import { preconditionLimitsOf } from './precondition-limits.ts'
import { readPlan } from './read-plan.ts'
import { describeScale, readSnapshotOf } from './read-snapshot-of.ts'
import { rehearsalLimitsOf } from './rehearsal/rehearsal-limits.ts'
import { openRehearsals } from './rehearsal/rehearsals.ts'
import { type PhaseContext, replayPhaseOf } from './replay-phase-of.ts'
import { type RolePlan, readRolePlan } from './role-plan.ts'
import { sessionLimitsOf } from './session-limits.ts'
import { stageFor } from './stage-for.ts'
import { tellFindings } from './tell-findings.ts'

/** What a replay is asked to do. */
export interface ReplayRequest {
  readonly scenario: Scenario
  /** Id of the last phase to replay. */
  readonly upTo: number
  /** Ignore checkpoints of earlier runs. */
  readonly fresh: boolean
  /** Refuse a server whose Postgres major is not the snapshot's, instead of naming it as a limit. */
  readonly strict: boolean
  readonly keep: PhaseContext['keep']
  readonly keepGoing?: true
  /** Leave out the experiments that take longest. */
  readonly quick?: boolean
  /** Only these experiments are made; left out: all. */
  readonly experiments?: readonly ExperimentName[]
  /** Multiply rows of the snapshot, as `toScaledRows` reads it; the snapshot as it is when absent. */
  readonly scale?: string
}

/** Where it happens. */
export interface ReplayPlace {
  readonly server: PostgresServer
  readonly projectRoot: string
  readonly cacheFolder: string
  readonly progress: Progress
  /**
   * Takes over what the server keeps outside of its databases, where tests need the roles of the scenario; whoever gives this releases it.
   * Left out: it is released when the replay ends.
   */
  readonly takeCluster?: (cluster: Cluster) => void
}

/**
 * Loads the snapshot, replays phases 1..`upTo` through the migration tool, takes a checkpoint after each and gathers what they
 * are judged on. Ends early, with evidence, at a phase whose migrations fail.
 * @throws usage, plan-invalid, snapshot-invalid, snapshot-unproven, snapshot-load-failed, scale-refused, version-mismatch, postgres-lost, engine-failed
 */
export async function replayScenario(request: ReplayRequest, place: ReplayPlace): Promise<ScenarioRun> {
  const { scenario, upTo, strict } = request
  const { server, projectRoot } = place
  const startedAt = new Date().toISOString()

  const { tool, migrations } = await readPlan(scenario, upTo, projectRoot)
  const { snapshot, scaled } = await readSnapshotOf(scenario, projectRoot, request.scale)
  if (snapshot) await assertSanitised(snapshot)
  const about = await describeAbout({
    scenario,
    upTo,
    tool,
    snapshot,
    scaled,
    migrations,
    server,
    projectRoot,
  })
  const ofTool = tool.describeLimits(listDeploys(scenario, upTo, migrations))
  const limits = [
    ...ofTool,
    ...targetLimitsOf(scenario, upTo),
    ...rightsLimitsOf(scenario),
    ...limitsOf(snapshot, server, strict),
  ]
  if (snapshot && scaled) limits.push(describeScale(snapshot.manifest, scaled))

  const roles = await readRolePlan(scenario, snapshot, migrations)
  limits.push(...roles.limits)
  const cluster = await server.holdCluster(scenario.name, mayMeet(roles, migrations) ? 'alone' : 'shared')
  const observed = await replayOn({ ...place, cluster }, request, {
    tool,
    migrations,
    snapshot,
    scaled,
    roles,
  }).catch(async (error: unknown) => {
    await cluster.release()
    throw error
  })
  if (place.takeCluster && observed.needsRoles) place.takeCluster(cluster)
  else await cluster.release()
  const { base, ofSequences, phases, kept, edited, audit } = observed
  return {
    scenario: scenario.name,
    upTo,
    phases,
    history: audit,
    about,
    limits: [
      ...ofSequences,
      ...limits,
      ...(snapshot
        ? [
            ...emptyLimitsOf(scenario, phases),
            ...describeConditions(
              snapshot.manifest,
              await server.fetchConditions(base.checkpoint.database),
              base.checkpoint.schema.extensions,
            ),
          ]
        : []),
      ...describeOperations(scenario, phases),
      ...sessionLimitsOf(phases),
      ...idleLimitsOf(phases),
      ...enumLimitsOf(phases),
      ...historyLimitsOf(phases),
      ...outsideLimitsOf(phases),
      ...rehearsalLimitsOf(scenario, phases),
      ...preconditionLimitsOf(phases, scenario.name, snapshot?.manifest.policy !== undefined),
    ],
    roles: { owner: roles.owner, app: roles.by?.app ?? null },
    startedAt,
    edited,
    kept,
  }
}

async function replayOn(
  place: ReplayPlace & { readonly cluster: Cluster },
  { scenario, upTo, fresh, keep, keepGoing, quick = false, experiments }: ReplayRequest,
  subject: BaseSubject,
) {
  const { migrations, snapshot, roles } = subject
  const { cluster } = place
  const { context, base, isReused } = await openBase(
    place,
    { scenario, fresh, keep, ...(keepGoing && { keepGoing }) },
    subject,
  )
  const { checkpoints, target } = context
  await checkpoints.forgetAllBut([...keysOf(context, base), ...(target.key === null ? [] : [target.key])])
  const asOf = toMoment(snapshot)
  const predicted = await auditBase(context, base, { upTo, asOf, isAsked: isUnexcused })
  const onward = snapshot ? await proveWayForward(context, base, { upTo, asOf }) : {}
  if (snapshot) for (const line of renderHistory({ ...predicted, ...onward })) place.progress.step(line)
  const ofSequences = snapshot ? await tellSequences(snapshot, base, place.progress) : []

  const production = await viewProduction(
    base.checkpoint.schema,
    { ...scenario, phases: scenario.phases.slice(0, upTo) },
    migrations,
    snapshot?.manifest ?? null,
  )
  const rehearsals = openRehearsals(
    context,
    { quick, mayOverlap: !mayMeet(roles, migrations), ...(experiments && { only: experiments }) },
    ({ phase, evidence }, rehearsal) =>
      tellFindings(scenario, phase, { ...evidence, rehearsal }, place.progress, 'rehearsals'),
  )
  const phases: PhaseEvidence[] = []
  const kept: { phase: number; database: string }[] = []
  let current = base
  let mayReuse = isReused
  let edited: string | null = null
  try {
    for (const phase of scenario.phases.slice(0, upTo)) {
      const replayed = await replayPhaseOf(context, phase, current, mayReuse)
      mayReuse = replayed.isReused
      if (!mayReuse) edited ??= phase.name
      const evidence = production.addTo(replayed.evidence)
      phases.push(evidence)
      tellFindings(scenario, phase, evidence, place.progress, 'database')
      if (replayed.kept !== null) kept.push({ phase: phase.id, database: replayed.kept })
      if (evidence.replay.failure) break
      await rehearsals.begin(
        { phase, evidence, staged: stageFor(context, phase, current.checkpoint) },
        mayReuse,
      )
      current = {
        checkpoint: evidence.after,
        replay: evidence.replay,
        surroundings: replayed.surroundings,
      }
    }
    const rehearsed = await rehearsals.finish(phases)
    await cluster.enter(current.surroundings.roles)
    // A deploy that came through says more than what was read from its statements.
    const audit = confirmedBy(rehearsed, predicted)
    const judged = rehearsed.map((evidence) => ({ ...evidence, audit: partFor(evidence, audit, scenario) }))
    return {
      base,
      ofSequences,
      phases: judged,
      audit: { ...audit, ...onward },
      kept,
      edited,
      needsRoles: current.surroundings.roles.length > 0,
    }
  } finally {
    await rehearsals.settle()
  }
}

/** Says first of all what the sequences of the snapshot tell of production. */
async function tellSequences(snapshot: Snapshot, { checkpoint }: StoredCheckpoint, progress: Progress) {
  const { sequences } = checkpoint.schema
  const told = describeSequences(snapshot.manifest, sequences, await readSetSequences(snapshot))
  for (const text of told.filter((sentence) => sentence.startsWith('Production'))) progress.step(text)
  return told
}

/** Could the scenario touch what other scenarios on the same server see? Whatever may be built from texts could. */
function mayMeet({ roles }: RolePlan, migrations: readonly Migration[]): boolean {
  return roles.length > 0 || migrations.some(({ sql }) => OUTSIDE.test(sql))
}

const OUTSIDE =
  /\b(CREATE|ALTER|DROP)\s+(ROLE|USER|GROUP|SYSTEM|DATABASE|TABLESPACE)\b|\b(GRANT|REVOKE|EXECUTE|dblink\w*)\b/i

/** Keys of all states of the scenario, those beyond `upTo` too: their checkpoints stay good for the next run. */
function keysOf(context: PhaseContext, base: StoredCheckpoint): string[] {
  const keys = [base.checkpoint.key]
  for (const phase of context.scenario.phases) {
    const staged = stageFor(context, phase, base.checkpoint)
    keys.push(toPhaseKey(keys.at(-1) ?? '', context.tool.rules, staged, phase.resolve))
  }
  return keys
}

/** Names that are applied together, in the tool's order: those of each phase, and all of them where the linear replay is compared with. */
function listDeploys({ phases }: Scenario, upTo: number, migrations: readonly Migration[]) {
  const proven = phases.slice(0, upTo)
  const isLinear = ({ expect }: Phase) =>
    expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'linear')
  const linear = proven.some(isLinear) ? [migrations.map(({ name }) => name)] : []
  return [...proven.map((phase) => phase.migrations), ...linear]
}
