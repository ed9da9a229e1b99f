import type { EndpointRow } from '../model/contract.ts'
import type { KnownDifference } from '../model/expectation.ts'
import type { Finding } from '../model/finding.ts'
import type { PhaseRehearsal, PhaseResult, Proof, ReusedTrials } from '../model/proof.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase } from '../model/scenario.ts'

/** What came of a phase's expectations and contracts. */
export interface PhaseOutcome {
  /** Expectations and contract tests that were judged, met or not. */
  readonly expectations: number
  readonly contracts: number
  readonly trials?: ReusedTrials
  readonly findings: readonly Finding[]
  /** Why something of this phase did not run, if so; a phase of which a part did not run is never passed. */
  readonly notRun: string | null
  /** All that speaks of the database was judged and held, where contracts did not run. */
  readonly isDatabaseHeld?: true
}

/** Turns what was observed and judged into the proof. Pure. A phase without an outcome did not run. */
export function assembleProof(
  run: ScenarioRun,
  phases: readonly Phase[],
  outcomes: ReadonlyMap<number, PhaseOutcome>,
  now: {
    readonly takenAt: string
    readonly limits?: readonly string[]
    readonly accepted?: readonly KnownDifference[]
    /** What ran and says nothing, with name and message. */
    readonly undecided?: readonly string[]
    readonly endpoints?: readonly EndpointRow[]
    readonly rehearsals?: readonly PhaseRehearsal[]
  },
): Proof {
  const { undecided = [], accepted = [], rehearsals = [] } = now
  const results = phases.slice(0, run.upTo).map((phase) => toResult(run, phase, outcomes.get(phase.id)))
  const preconditions = run.phases.flatMap((evidence) =>
    evidence.preconditions.map((one) => ({ phase: evidence.phase, ...one })),
  )
  return {
    format: 1,
    scenario: run.scenario,
    upTo: run.upTo,
    verdict: toVerdict(results, undecided),
    phases: results,
    ...(run.history && run.history.migrations.length > 0 ? { history: run.history.migrations } : {}),
    ...(run.history?.deploy ? { deploy: run.history.deploy } : {}),
    ...(run.history?.wayForward ? { wayForward: run.history.wayForward } : {}),
    about: run.about,
    ...(undecided.length > 0 ? { undecided } : {}),
    ...(preconditions.length > 0 ? { preconditions } : {}),
    ...(rehearsals.length > 0 ? { rehearsals } : {}),
    ...(accepted.length > 0 ? { accepted: accepted.map(toAcceptedName) } : {}),
    limits: [...run.limits, ...toAcceptedLimits(accepted), ...(now.limits ?? [])],
    ...(now.endpoints && now.endpoints.length > 0 ? { endpoints: now.endpoints } : {}),
    takenAt: now.takenAt,
    durationMs: Date.parse(now.takenAt) - Date.parse(run.startedAt),
  }
}

function toAcceptedName({ reference, difference }: KnownDifference): string {
  return `${reference} "${difference}"`
}

function toAcceptedLimits(accepted: readonly KnownDifference[]): readonly string[] {
  if (accepted.length === 0) return []
  const entries = accepted.map((entry) => `${toAcceptedName(entry)} (${entry.owner}, until ${entry.expires})`)
  return [`Differences that known-differences.json accepts: ${entries.join('; ')}.`]
}

function toResult(run: ScenarioRun, phase: Phase, outcome: PhaseOutcome | undefined): PhaseResult {
  const about = { phase: phase.id, name: phase.name, title: phase.title }
  const evidence = run.phases.find((entry) => entry.phase === phase.id)
  if (!evidence) {
    const failed = run.phases.findLast((entry) => entry.replay.failure !== null)
    return {
      ...about,
      outcome: 'not-run',
      blockedBy: failed ? `phase ${failed.phase} failed` : 'it was not replayed',
    }
  }
  if (!outcome) return { ...about, outcome: 'not-run', blockedBy: 'none of its expectations was judged' }

  const judged = {
    ...about,
    expectations: outcome.expectations,
    contracts: outcome.contracts,
    ...(outcome.trials && outcome.trials.reused > 0 ? { trials: outcome.trials } : {}),
    migrations: evidence.replay.applied,
    replayMs: Math.round(evidence.replay.durationMs),
  }
  const findings = distinct(outcome.findings)
  if (findings.length > 0) return { ...judged, outcome: 'failed', findings }
  if (outcome.notRun !== null) {
    const held = outcome.isDatabaseHeld ? { isDatabaseHeld: true as const } : {}
    return { ...about, outcome: 'not-run', blockedBy: outcome.notRun, ...held }
  }
  return { ...judged, outcome: 'passed', checkpoint: evidence.after.key }
}

/** Several expectations may point at one fault, as all columns of a missing table do: it is one finding. */
function distinct(findings: readonly Finding[]): Finding[] {
  const byFault = new Map<string, Finding>()
  for (const finding of findings) {
    const key = toFault(finding)
    if (!byFault.has(key)) byFault.set(key, finding)
  }
  return [...byFault.values()]
}

function toFault(finding: Finding): string {
  // A list of columns and a column's own expectation miss the same column, each in its words.
  if (finding.kind === 'missing-column') return JSON.stringify([finding.kind, finding.table, finding.column])
  const { expectation, ...fault } = finding
  return JSON.stringify(fault)
}

/** A finding stands, whatever else could not be judged; what is proven leaves nothing open. */
function toVerdict(results: readonly PhaseResult[], undecided: readonly string[]): Proof['verdict'] {
  if (results.some(({ outcome }) => outcome === 'failed')) return 'disproven'
  const isComplete = results.length > 0 && results.every(({ outcome }) => outcome === 'passed')
  return isComplete && undecided.length === 0 ? 'proven' : 'undecided'
}
