import type { ContractKind, ContractTrial } from '../model/contract.ts'

/** How far a run goes. */
export interface RunReach {
  /** Phases whose checkpoint is there, in order. */
  readonly reached: readonly number[]
  readonly depth: TrialDepth
  /** Servers deployed before the phases; `until` is the last phase they have to outlive. */
  readonly earlier?: readonly { readonly name: string; readonly until?: number | undefined }[]
}

/**
 * How often a contract is tried. `newest`: those of the newest phase before and after it, those of earlier phases after the newest
 * only. `each`: all of them before and after their phase, and after the newest. `every-later`: flows after every later phase too.
 */
export type TrialDepth = 'newest' | 'each' | 'every-later'

/**
 * The runs that a contract of a phase owes, on the newest server and on those that are still there. Empty when its phase was not
 * reached.
 */
export function trialsOf(kind: ContractKind, phase: number, reach: RunReach): ContractTrial[] {
  return [...trialsOn(undefined, kind, phase, reach), ...rolloutTrials(kind, phase, reach)]
}

/**
 * The runs that a contract owes on the server it is written for: once before its phase unless it says nothing about that time,
 * once after it, and after later phases. What must only be refused cannot be brought to life by a phase, and what a later phase breaks shows after
 * the newest one; between the two only what is meant to work is tried. Empty when its phase was not reached.
 * @param server name of an earlier server, undefined for the newest
 */
export function trialsOn(
  server: string | undefined,
  kind: ContractKind,
  phase: number,
  reach: RunReach,
): ContractTrial[] {
  const last = reach.earlier?.find(({ name }) => name === server)?.until ?? Number.POSITIVE_INFINITY
  const reached = reach.reached.filter((id) => id <= last)
  const trials = reached.includes(phase) ? trialsAround(kind, phase, { ...reach, reached }) : []
  return server === undefined ? trials : trials.map((trial) => ({ ...trial, server }))
}

function trialsAround(kind: ContractKind, phase: number, { reached, depth }: RunReach): ContractTrial[] {
  const later = reached.filter((id) => id > phase)
  if (depth === 'newest' && later.length > 0) {
    return later.slice(-1).map((checkpoint) => ({ kind, phase, checkpoint, role: 'after' as const }))
  }
  const after = depth === 'every-later' && kind !== 'test' ? later : later.slice(-1)
  return [
    ...(kind === 'test' ? [] : [{ kind, phase, checkpoint: phase - 1, role: 'before' as const }]),
    { kind, phase, checkpoint: phase, role: 'own' },
    ...after.map((checkpoint) => ({ kind, phase, checkpoint, role: 'after' as const })),
  ]
}

/**
 * What people do is tried on the servers that are still there too, from the first phase that could take it from them: after
 * the newest one, or after each.
 */
function rolloutTrials(
  kind: ContractKind,
  phase: number,
  { reached, depth, earlier = [] }: RunReach,
): ContractTrial[] {
  if (kind === 'test' || !reached.includes(phase)) return []
  return earlier.flatMap(({ name, until = Number.POSITIVE_INFINITY }) => {
    const candidates = depth === 'newest' ? reached.slice(-1) : reached
    const outlived = candidates.filter((id) => id > firstStateOf(kind, phase) && id <= until)
    return (depth === 'every-later' ? outlived : outlived.slice(-1)).map((checkpoint) => ({
      kind,
      phase,
      checkpoint,
      role: 'rollout' as const,
      server: name,
    }))
  })
}

/** The first checkpoint on which a contract may be expected to work. */
export function firstStateOf(kind: ContractKind, phase: number): number {
  return kind === 'kept' ? phase - 1 : phase
}
