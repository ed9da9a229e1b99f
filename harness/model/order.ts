import type { MigrationFailure } from './history.ts'

/** A dependency that migrations and expectations do not show, with its reason: `{ phase: 1, because: 'the server reads its columns' }`. */
export interface ReasonedDependency {
  readonly phase: number
  readonly because: string
}

/** Another order of the phases that the plan allows for, replayed whole. */
export interface AlternativeOrder {
  /** As the plan calls it. */
  readonly title: string
  /** Ids of all phases. */
  readonly order: readonly number[]
  /** That it cannot be followed as it is written: the phase that fails, and why. Held against the replay. */
  readonly fails?: ReasonedDependency
}

/** The phase that failed where phases ran in another order. */
export interface PhaseStop {
  readonly phase: number
  readonly failure: MigrationFailure
}

/** What came of phases in another order than the plan's. */
export interface OtherOrder {
  /** Ids. */
  readonly order: readonly number[]
  /** Where it stopped; null when all of them ran. */
  readonly stop: PhaseStop | null
  /** Where the database is not what the plan's order leads to, in sentences; empty after a stop. */
  readonly differences: readonly string[]
}

/** What a dependency without a stated reason came to. */
export interface DependencyTrial {
  /** Id of the phase that it is on. */
  readonly on: number
  /** `implied`: another dependency brings it along, so that it cannot be left out alone. */
  readonly verdict: 'needed' | 'unneeded' | 'implied'
  /** What shows it, in a sentence. */
  readonly shown: string
}

/** An object that ties a phase to an earlier one, with the statements that name it first. */
export interface Tie {
  /** Table or type, without `public.`. */
  readonly object: string
  /** The earlier phase creates it; else it changes it. */
  readonly isCreated: boolean
  /** `file:line` */
  readonly earlier: string
  readonly later: string
}

/** What came of a phase in other orders of the phases up to it. */
export interface OrderRehearsal {
  /**
   * The phase right behind those it depends on and all others after it; null where no other is left. Where that does not hold,
   * `culprit` is the phase beside which it matters, null when the others differ without this one.
   */
  readonly early: (OtherOrder & { readonly culprit: number | null; readonly tie?: Tie | null }) | null
  readonly dependencies: readonly (DependencyTrial & { readonly tie?: Tie | null })[]
}

/** What came of the alternative orders of a scenario, in its order. */
export interface AlternativesRehearsal {
  readonly orders: readonly OtherOrder[]
}
