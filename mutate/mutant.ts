/** One way in which a phase could be written wrongly: a migration's file with another text. */
export interface Mutant {
  /** Stable between runs: phase, kind and number within both. */
  readonly id: string
  /** Id of the phase whose migration is changed. */
  readonly phase: number
  /** Folder name of the migration. */
  readonly migration: string
  /** What sort of fault it is, for example `not-null-away`. */
  readonly kind: string
  /** What was changed, for people. */
  readonly what: string
  /** The whole text of the changed file. */
  readonly sql: string
}

/** A change of a file before it is numbered. */
export type Change = Pick<Mutant, 'kind' | 'what' | 'sql'>

/** What became of a mutant. Only `survived` is a fault of the harness. */
export type Fate =
  /** Its own phase is disproven. `kinds` are the findings'. */
  | { readonly fate: 'killed'; readonly kinds: readonly string[] }
  /** The harness refuses to judge, and says why: it is not proven. */
  | { readonly fate: 'not-decided'; readonly why: string }
  /** Proven, and the database is byte for byte what the right migration makes of this snapshot. */
  | { readonly fate: 'equivalent' }
  /** Proven, although an observer that shares no code with the inspection sees a difference. */
  | {
      readonly fate: 'survived'
      readonly differences: readonly string[]
      readonly newLimits: readonly string[]
    }

/** A mutant with its fate. */
export interface JudgedMutant {
  readonly mutant: Omit<Mutant, 'sql'>
  readonly fate: Fate
  readonly durationMs: number
}
