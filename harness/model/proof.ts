import type { EndpointRow } from './contract.ts'
import type { Finding } from './finding.ts'
import type { MigrationVerdict, WayForward, WholeDeploy } from './history-audit.ts'
import type { AskedPrecondition } from './precondition.ts'
import type { RehearsalResult } from './rehearsal.ts'
import type { ToolRules } from './tool.ts'

/** How many trials of a phase's contracts and endpoints were told from earlier runs under the very same conditions. */
export interface ReusedTrials {
  readonly reused: number
  readonly of: number
}

/** Verdict on one phase. Results start as `not-run`, so that nothing that happened is lost because something later failed. */
export type PhaseResult =
  | {
      readonly outcome: 'passed'
      readonly phase: number
      readonly name: string
      readonly title: string
      readonly expectations: number
      readonly contracts: number
      /** Left out where everything ran. */
      readonly trials?: ReusedTrials
      readonly migrations: readonly string[]
      readonly replayMs: number
      readonly checkpoint: string
    }
  | {
      readonly outcome: 'failed'
      readonly phase: number
      readonly name: string
      readonly title: string
      readonly expectations: number
      readonly contracts: number
      /** Left out where everything ran. */
      readonly trials?: ReusedTrials
      readonly migrations: readonly string[]
      readonly replayMs: number
      readonly findings: readonly Finding[]
    }
  | {
      readonly outcome: 'not-run'
      readonly phase: number
      readonly name: string
      readonly title: string
      readonly blockedBy: string
      /** Nothing was found against the database; only what the API does with it was not asked. */
      readonly isDatabaseHeld?: true
    }

/** What a proof is valid for: the gate recomputes these digests and refuses on any difference. SHA-256, hex. */
export interface ProofAbout {
  readonly snapshot: { readonly name: string; readonly digest: string } | null
  /** Digest per migration of the phases, keyed by folder name. */
  readonly migrations: Readonly<Record<string, string>>
  readonly expectations: string
  readonly postgres: string
  /** The migration tool and the rules of its version that the replay followed. */
  readonly tool: ToolRules
  readonly harness: string
  readonly server: string | null
  /** Digest per earlier server, by name; absent where the scenario names none. */
  readonly earlierServers?: Readonly<Record<string, string>>
  /**
   * Tables whose rows were multiplied by invented copies, with their rows afterwards; null for the snapshot as it is.
   */
  readonly scaled: Readonly<Record<string, number>> | null
  /**
   * Digest of the phases' API contracts: document, sweep plan, tests and the files beside them; null without a
   * server and without contracts.
   */
  readonly contract: string | null
}

/** What one experiment with one phase shows. */
export type PhaseRehearsal = RehearsalResult & { readonly phase: number }

/** The outcome of proving phases 1..`upTo` of a scenario. There is no proof when the harness itself failed. */
export interface Proof {
  readonly format: 1
  readonly scenario: string
  readonly upTo: number
  readonly verdict: 'proven' | 'disproven' | 'undecided'
  readonly phases: readonly PhaseResult[]
  /** Verdicts on production's history before phase 1; absent where there is no history and nothing of the folder is there. */
  readonly history?: readonly MigrationVerdict[]
  /** What a deploy of the whole folder does, where it passes over what the phases are to apply. */
  readonly deploy?: WholeDeploy
  readonly wayForward?: WayForward
  readonly about: ProofAbout
  /** How each endpoint of the API answered after each phase; absent where none was called. */
  readonly endpoints?: readonly EndpointRow[]
  /** What ran and could not be judged, with its name and message; left out when there is nothing of the kind. */
  readonly undecided?: readonly string[]
  /** What statements need of production's rows before their phase, for whoever asks production; left out where none needs any. */
  readonly preconditions?: readonly (AskedPrecondition & { readonly phase: number })[]
  /** What the experiments with the phases show, by phase; left out where none was made. */
  readonly rehearsals?: readonly PhaseRehearsal[]
  /** Differences from references that the scenario accepts: `linear "orders: index orders_hotfix"`; left out where it accepts none. */
  readonly accepted?: readonly string[]
  /** SHA-256 of the file beside the proof that holds the states it leads through, hex. */
  readonly states?: string
  /** What was not shown, in sentences. */
  readonly limits: readonly string[]
  /** ISO 8601. */
  readonly takenAt: string
  readonly durationMs: number
}
