import type { MigrationFailure } from './history.ts'

/** What the history and the catalog together say of one migration. */
export type HistoryVerdict =
  /** Recorded by a deploy, and its effects are there. */
  | 'executed'
  /** Recorded by hand as applied, never executed, and its effects are there. */
  | 'baselined'
  /** Recorded, and none of its effects is there. */
  | 'effects-absent'
  /** Some of its effects are there and some are not. */
  | 'half-applied'
  /** Not recorded, and all of its effects are there. */
  | 'applied-by-hand'
  | 'failed'
  | 'rolled-back'
  | 'edited'
  | 'no-folder'
  | 'repeated'
  /** A row that no deploy writes. */
  | 'impossible'
  | 'pending'
  /** Its effects could not be measured. */
  | 'unknown'

/** What one migration does to the catalog: facts by key, as `judge/history/list-facts.ts` lists them. */
export interface MigrationEffects {
  readonly migration: string
  /** Definition by key of what it makes or changes. */
  readonly set: Readonly<Record<string, string>>
  readonly removed: readonly string[]
}

/** Effects of migrations that were replayed one by one on an empty database. */
export interface LinearEffects {
  readonly effects: readonly MigrationEffects[]
  /** Where the replay broke: what comes later is unknown. */
  readonly broken: MigrationFailure | null
  /** All that the migrations lead to is there, so nobody measured which of them makes what; left out: each was measured. */
  readonly isWhole?: true
}

/** An effect of a migration that the database lacks. */
export interface AbsentEffect {
  /** Key of the fact. */
  readonly key: string
  /** `column trips.note`, `table trips is dropped`. */
  readonly name: string
  /** Definition that the migration gives it; null: the migration removes it. */
  readonly expected: string | null
  /** Definition in the database; null: it is not there. */
  readonly found: string | null
}

/** What leads from a row that lies to a history that is true. */
export interface WayOut {
  /** Commands and SQL, in order; none: nothing is to be done, or nothing can be. */
  readonly steps: readonly string[]
  /** What came of it on a clone of the database, in a sentence; null where it was not tried. */
  readonly proof: string | null
  readonly isProven: boolean
}

/** The verdict on one migration of the folder, or on one name of the history. */
export interface MigrationVerdict {
  readonly migration: string
  /** The phase that applies it or counts on it; null: the time before the plan, or none. */
  readonly phase: number | null
  readonly verdict: HistoryVerdict
  /** Sentences without their full stop. */
  readonly evidence: readonly string[]
  /** Effects that the database has, of all that are looked for. */
  readonly present: number
  readonly looked: number
  readonly absent: readonly AbsentEffect[]
  /** Set where nothing that it made is left: it makes nothing, or later migrations removed or replaced all of it. */
  readonly leaves?: 'makes-nothing' | 'nothing-left'
  /** Why the plan can live with it: its declaration, or the phase that repairs it; null: nothing says so. */
  readonly declared: string | null
  readonly wayOut: WayOut | null
}

/** What the tool's own deploy of the whole folder does to production, tried on a clone. */
export interface WholeDeploy {
  /** Command that was meant. */
  readonly command: string
  /** Migrations of the folder that the history counts as applied. */
  readonly recorded: number
  readonly applied: readonly string[]
}

/** The least that leads from production to the target schema: one migration that makes what is missing. */
export interface WayForward {
  readonly migration: string
  readonly statements: readonly string[]
  /** What is there and not as the target has it, which the migration leaves to a person. */
  readonly left: readonly string[]
  /** What came of it on a clone, in a sentence. */
  readonly proof: string
  readonly isProven: boolean
}

/** A statement of a pending migration that the state of production will not take. */
export interface Obstacle {
  readonly migration: string
  readonly phase: number
  /** `file:line` of the statement. */
  readonly place: string
  /** `column trips.note`, `table trips`. */
  readonly object: string
  /** The recorded migration whose missing effect it needs; null: what it makes is there already. */
  readonly needs: string | null
}

/** The history held against effects, before anything is replayed. */
export interface HistoryAudit {
  readonly migrations: readonly MigrationVerdict[]
  readonly obstacles: readonly Obstacle[]
  /** Where the linear replay broke; null: it came through. */
  readonly broken: MigrationFailure | null
  /** Left out where something is pending, or no phase wants to apply what is recorded. */
  readonly deploy?: WholeDeploy
  /** Left out without `deploy`, and where no target schema is named or production lacks nothing of it. */
  readonly wayForward?: WayForward
}
