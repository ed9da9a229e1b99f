import type { ContractKind, ContractTrial } from '../model/contract.ts'

/** How far a run goes. */
export interface RunReach {
  /** Phases whose checkpoint is there, in order. */
  readonly reached: readonly number[]
  readonly depth: TrialDepth
}

/**
 * How often a contract is tried. `newest`: those of the newest phase before and after it, those of earlier phases after the newest
 * only. `each`: all of them before and after their phase, and after the newest. `every-later`: flows after every later phase too.
 */
export type TrialDepth = 'newest' | 'each' | 'every-later'

/**
 * The runs that a contract of a phase owes: once before its phase unless it says nothing about that time, once after it, and
 * after later phases. What must only be refused cannot be brought to life by a phase, and what a later phase breaks shows after
 * the newest one; between the two only what is meant to work is tried. Empty when its phase was not reached.
 */
export function trialsOf(kind: ContractKind, phase: number, { reached, depth }: RunReach): ContractTrial[] {
  if (!reached.includes(phase)) return []
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
