import type { GateCheck, GateCheckKind } from './gate.ts'

/** What only a person can know, by the name that `journal note --tick` takes. */
export type Tick =
  | 'backup-location'
  | 'deploy-command'
  | 'team-told'
  | 'logs'
  | 'performance'
  | 'environments'

/** A line of a journal, before it is chained to the one before. */
export interface JournalDraft {
  /** ISO 8601. */
  readonly at: string
  /** Git user, else the user of the machine. */
  readonly who: string
  readonly what: 'proved' | 'gated' | 'verified' | 'note'
  /** null: of no one phase. */
  readonly phase: number | null
  /** `proven`, `allowed`, `refused`, `verified`, `differs`; the text of a note. */
  readonly result: string
  /** How each check ended; left out where there is none. */
  readonly checks?: Readonly<Partial<Record<GateCheckKind, GateCheck['outcome']>>>
  readonly ticks?: readonly Tick[]
  /** It was observed only, and stopped nobody. */
  readonly isObserving?: true
  /** `host:port/database` that was asked. */
  readonly target?: string
  /** File that holds the result, from the project's root, with its SHA-256. */
  readonly file?: string
  readonly sha256?: string
}

/** A line of a journal. */
export interface JournalEntry extends JournalDraft {
  /** 1, 2, 3 … */
  readonly number: number
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string
  /** SHA-256 over all of the entry but this, as canonical JSON, hex. */
  readonly hash: string
}
