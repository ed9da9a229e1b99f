import { join } from 'node:path'
import { applyWaivers } from '../../judge/gate/apply-waivers.ts'
import { judgeGate } from '../../judge/gate/judge-gate.ts'
import { HarnessError } from '../../model/error.ts'
import type { GateCheck, GateDecision, GateOptions, ReadProof } from '../../model/gate.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { toTargetName, withTarget } from '../../target/with-target.ts'
import { fetchTargetFacts } from './fetch-target-facts.ts'
import { readBackupWord } from './read-backup-word.ts'
import { readProven, toPhaseStates } from './read-proven.ts'
import { readWaivers } from './read-waivers.ts'
import { keepSeenIdentifier, readSeenIdentifier } from './seen-servers.ts'

/** Judges the signature of a proof. */
export type JudgeSignature = (read: ReadProof) => Promise<GateCheck>

/** What a gate is asked. */
interface GateRequest {
  readonly scenario: Scenario
  readonly phase: number
  readonly url: string
  readonly projectRoot: string
  /** File of the proof; left out: the newest that fits. */
  readonly proof?: string
  /** Role that applies migrations on the target; left out: the scenario's. */
  readonly migrator?: string
  /** What is known of a backup: a moment, or what `backup verify --json` printed. */
  readonly backup?: string
  readonly isObserving: boolean
  readonly options: GateOptions
  readonly judgeSignature: JudgeSignature
}

/**
 * Asks a target, read-only, whether a phase may be applied to it as it was proven. It writes nothing but which server it met.
 * @throws usage, plan-invalid, snapshot-invalid, database-refused, postgres-lost
 */
export async function gate(request: GateRequest): Promise<GateDecision> {
  const { scenario, url, projectRoot, options } = request
  const phase = findPhase(scenario, request.phase)
  const { read, plan, snapshot } = await readProven(scenario, phase.id, projectRoot, request.proof)
  const waivers = readWaivers(projectRoot, scenario.name)
  const signature = await request.judgeSignature(read)
  const states = toPhaseStates(read.states, phase.id)
  const target = await withTarget({ url, applicationName: 'phaseproof gate' }, (client) =>
    fetchTargetFacts(client, {
      url,
      scenario,
      phase,
      tool: plan.tool,
      ...states,
      proof: read.proof,
      migrator: request.migrator ?? scenario.roles?.migrator,
      longMs: options.longMs,
      isProofTrusted: signature.outcome !== 'refused',
    }),
  )
  const now = new Date().toISOString()
  const judged = judgeGate({
    phase,
    phases: scenario.phases,
    read,
    ...states,
    rowsLeftOut: toRowsLeftOut(snapshot),
    target,
    seenIdentifier: readSeenIdentifier(projectRoot, scenario.name, toTargetName(url)),
    backup: readBackupWord(
      request.backup === undefined ? undefined : toBackupPath(request.backup, projectRoot),
    ),
    signature,
    now,
    options,
  })
  const result = applyWaivers(judged, waivers, now.slice(0, 10))
  const isServerRefused = result.checks.some(
    ({ kind, outcome }) => kind === 'server' && outcome === 'refused',
  )
  if (!isServerRefused) keepSeenIdentifier(projectRoot, scenario.name, target.server)
  return {
    scenario: scenario.name,
    phase: phase.id,
    isAllowed: result.checks.every(({ outcome }) => outcome !== 'refused'),
    isObserving: request.isObserving,
    ...result,
    target: { name: target.server.name, systemIdentifier: target.server.systemIdentifier },
    proof: { file: read.file, sha256: read.sha256 },
    decidedAt: now,
  }
}

/**
 * The phase of that number.
 * @throws usage
 */
export function findPhase({ name, phases }: Scenario, id: number): Phase {
  const phase = phases.find((entry) => entry.id === id)
  if (phase) return phase
  const message = `Scenario ${name} has no phase ${id}: it has phases 1 to ${phases.length}.`
  throw new HarnessError('usage', message, 'Name one of them.', { faults: [message] })
}

/** A moment stays as it is; a file is looked for from the project's root. */
function toBackupPath(given: string, projectRoot: string): string {
  return /^\d{4}-\d\d-\d\d([T ]|$)/.test(given) || given.startsWith('/') ? given : join(projectRoot, given)
}

/** By how many rows production was larger than the snapshot, keyed `namespace.table`. */
export function toRowsLeftOut(snapshot: Snapshot | null): Record<string, number> {
  const tables = snapshot?.manifest.tables ?? []
  return Object.fromEntries(
    tables.flatMap(({ namespace, name, rows, sourceRows = rows }) =>
      sourceRows > rows ? [[`${namespace}.${name}`, sourceRows - rows]] : [],
    ),
  )
}
