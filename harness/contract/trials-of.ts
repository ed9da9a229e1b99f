import type { ContractKind, ContractTrial } from '../model/contract.ts'

/** How far a run goes. */
export interface RunReach {
  /** Phases whose checkpoint is there, in order. */
  readonly reached: readonly number[]
  readonly depth: TrialDepth
  /** Servers deployed before the phases; `until` is the last phase after which each must still work. */
  readonly earlier?: readonly { readonly name: string; readonly until?: number | undefined }[]
}

/**
 * How often contracts run. `newest`: the newest phase's before and after it, earlier phases' only after the newest.
 * `each`: all before and after their phase, and after the newest. `every-later`: flows after every later phase too.
 */
export type TrialDepth = 'newest' | 'each' | 'every-later'

/**
 * The trials of a contract of a phase, on the newest server and on the earlier ones. Empty when its phase was not
 * reached.
 */
export function trialsOf(kind: ContractKind, phase: number, reach: RunReach): ContractTrial[] {
  return [...trialsOn(undefined, kind, phase, reach), ...rolloutTrials(kind, phase, reach)]
}

/**
 * The trials of a contract on its own server: before its phase (unless it claims nothing about that time), after it,
 * and after later phases. Empty when its phase was not reached.
 * @param server name of an earlier server, undefined for the newest
 */
export function trialsOn(
  server: string | undefined,
  kind: ContractKind,
  phase: number,
  reach: RunReach,
): ContractTrial[] {
  // A phase cannot bring a mere refusal to life, and what a later phase breaks shows after the newest one. Between
  // the two only what is meant to work is run.
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
 * The trials of a flow on earlier servers, from the first phase that could break it: after the newest phase, or after
 * each.
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
