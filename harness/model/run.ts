import type { PhaseEvidence } from './checkpoint.ts'
import type { HistoryAudit } from './history-audit.ts'
import type { ProofAbout } from './proof.ts'

/**
 * Everything that was observed while phases 1..`upTo` were replayed, as plain data that can pass to the tests that
 * judge it.
 */
export interface ScenarioRun {
  readonly scenario: string
  readonly upTo: number
  /** One per phase that was replayed, in order; a failed replay is the last. */
  readonly phases: readonly PhaseEvidence[]
  /** Production's history against its effects, as it was before phase 1; left out: nothing was held against it. */
  readonly history?: HistoryAudit
  readonly about: ProofAbout
  readonly limits: readonly string[]
  /** Owner of the databases and role of the servers, where they are not the superuser. */
  readonly roles: { readonly owner: string | null; readonly app: string | null }
  readonly startedAt: string
  /** Folder of the first phase that was replayed anew; null where all states were there already. */
  readonly edited: string | null
  /** Databases kept for a person to look at, with the phase each shows. */
  readonly kept: readonly { readonly phase: number; readonly database: string }[]
}
