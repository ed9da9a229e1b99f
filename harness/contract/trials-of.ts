import type { ContractKind, ContractTrial } from '../model/contract.ts'

/** How far a run goes. */
export interface RunReach {
  /** Phases whose checkpoint is there, in order. */
  readonly reached: readonly number[]
  /** Try a contract after every later phase, instead of after the newest only. */
  readonly everyLater: boolean
}

/**
 * The runs that a contract of a phase owes: once before its phase unless it says nothing about that time, once after it, and
 * after later phases. What must only be refused cannot be brought to life by a phase, and what a later phase breaks shows after
 * the newest one; between the two only what is meant to work is tried. Empty when its phase was not reached.
 */
export function trialsOf(
  kind: ContractKind,
  phase: number,
  { reached, everyLater }: RunReach,
): ContractTrial[] {
  if (!reached.includes(phase)) return []
  const later = reached.filter((id) => id > phase)
  const after = everyLater && kind !== 'test' ? later : later.slice(-1)
  return [
    ...(kind === 'test' ? [] : [{ kind, phase, checkpoint: phase - 1, role: 'before' as const }]),
    { kind, phase, checkpoint: phase, role: 'own' },
    ...after.map((checkpoint) => ({ kind, phase, checkpoint, role: 'after' as const })),
  ]
}
