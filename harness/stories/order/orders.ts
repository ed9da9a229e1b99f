import type { Phase } from '../../model/scenario.ts'

/** A phase as far as its order is concerned. */
type OrderedPhase = Pick<Phase, 'id' | 'dependsOn'>

/** Ids of the phases that a phase depends on, by way of others too, in the order of the plan. */
export function ancestorsOf(phases: readonly OrderedPhase[], id: number): readonly number[] {
  const found = new Set<number>()
  const visit = (at: number) => {
    for (const needed of phases.find((phase) => phase.id === at)?.dependsOn ?? []) {
      if (found.has(needed)) continue
      found.add(needed)
      visit(needed)
    }
  }
  visit(id)
  return phases.map((phase) => phase.id).filter((at) => found.has(at))
}

/**
 * The phases up to this one, which comes right behind those that it depends on: so every phase before it that it does not depend on
 * runs after it.
 */
export function toEarlyOrder(phases: readonly OrderedPhase[], id: number): readonly number[] {
  const needed = ancestorsOf(phases, id)
  const others = idsBefore(phases, id).filter((at) => !needed.includes(at))
  return [...needed, id, ...others]
}

/** An order in which a phase runs before one that it depends on: what runs up to it, and what follows. */
interface OrderWithout {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** The order without one dependency; null where another of the phase's dependencies brings that one along. */
export function toOrderWithout(
  phases: readonly OrderedPhase[],
  id: number,
  dependency: number,
): OrderWithout | null {
  const needed = ancestorsOf(phases, id).filter((at) => at !== dependency)
  if (needed.some((at) => ancestorsOf(phases, at).includes(dependency))) return null
  const after = idsBefore(phases, id).filter((at) => !needed.includes(at))
  return { before: [...needed, id], after }
}

function idsBefore(phases: readonly OrderedPhase[], id: number): readonly number[] {
  return phases.map((phase) => phase.id).filter((at) => at < id)
}
