import type { DatabaseState } from './database-state.ts'
import type { Proof } from './proof.ts'
import type { TestRecord } from './test-record.ts'
import type { ToolRules } from './tool.ts'

/** Something that a statement is about, by its SHA-256, as in-toto writes it. */
export interface StatementSubject {
  /** `migration:<folder>`, `snapshot:<name>`, `plan`, `expectations`, `contracts`, `server`, `earlier-server:<name>`, `states`, `file:<path>`. */
  readonly name: string
  readonly digest: { readonly sha256: string }
}

/** One check of a proof and how it ended. */
export interface StatedCheck {
  /** Phase that it speaks of, 0 for the snapshot before the first; null where it speaks of none. */
  readonly phase: number | null
  readonly kind: TestRecord['subject']['kind']
  /** Test file from the project's root; empty for the checks of the harness itself. */
  readonly file: string
  readonly name: string
  readonly state: TestRecord['state']
  readonly findings: number
  readonly reused: boolean
  readonly durationMs: number
}

/** How much of what could be shown a run was asked to show. */
export interface RunScope {
  /** Only tests whose names match were run. */
  readonly isFiltered: boolean
  /** Rehearsals: all that there are, or some, as with `--quick`. */
  readonly rehearsals: 'all' | 'some'
  /** The scenario has contracts, and they were left out. */
  readonly isWithoutContracts: boolean
  readonly isScaled: boolean
  /** The last phase was compared with a replay of all migrations in order, asked for or not. */
  readonly isThorough: boolean
  /** What earlier runs left and this one told again: trials of contracts, and the phases whose states were there already. */
  readonly reused: { readonly trials: number; readonly phases: readonly string[] }
}

/** The state that phase 1 began in: digests of canonical JSON, SHA-256 in hex, and exact row counts. */
export interface StartState {
  readonly schema: string
  readonly history: string
  readonly rowCounts: DatabaseState['rowCounts']
}

/** What in-toto's test result does not say of a proof: our own field of its predicate. */
export interface ProofDetails {
  readonly format: 1
  readonly scenario: string
  readonly upTo: number
  /** `undecided` is FAILED to whoever reads the test result alone. */
  readonly verdict: Proof['verdict']
  readonly harness: { readonly name: string; readonly version: string; readonly digest: string }
  readonly postgres: { readonly version: string; readonly provider: string }
  readonly tool: ToolRules
  /** Commit of the work tree, hex, and whether files beside the reports differ from it; null where there is no git. */
  readonly commit: { readonly id: string; readonly isDirty: boolean } | null
  /** Owner of the databases and role of the servers; null: the superuser. */
  readonly roles: { readonly owner: string | null; readonly app: string | null }
  /** Null where nothing was replayed. */
  readonly start: StartState | null
  readonly run: RunScope
  readonly checks: readonly StatedCheck[]
  /** All that was shown, and its limits. */
  readonly proof: Proof
}

/** A proof as others read it: an in-toto Statement v1 with the test-result predicate v0.1. */
export interface ProofStatement {
  readonly _type: 'https://in-toto.io/Statement/v1'
  readonly subject: readonly StatementSubject[]
  readonly predicateType: 'https://in-toto.io/attestation/test-result/v0.1'
  readonly predicate: {
    readonly result: 'PASSED' | 'FAILED'
    /** What the checks ran with: harness, tool and Postgres. */
    readonly configuration: readonly {
      readonly name: string
      readonly digest: { readonly sha256: string }
    }[]
    readonly passedTests: readonly string[]
    readonly warnedTests: readonly string[]
    readonly failedTests: readonly string[]
    readonly phaseproof: ProofDetails
  }
}

/** Why a proof, or what it is to allow, is refused. */
export type RefusalKind =
  | 'unsigned'
  | 'stranger'
  | 'signature-invalid'
  | 'bundle-invalid'
  | 'payload-type'
  | 'proof-changed'
  | 'not-a-proof'
  | 'empty'
  | 'not-proven'
  | 'verdict-contradicted'
  | 'finding'
  | 'other-scenario'
  | 'other-phase'
  | 'other-tool'
  | 'other-harness'
  | 'subject-changed'
  | 'subject-missing'
  | 'subject-unknown'
  | 'filtered'
  | 'quick'
  | 'without-contracts'
  | 'scaled'
  | 'reused'

/** One reason to refuse: what was expected and found, and what to do. */
export interface Refusal<Kind extends string = RefusalKind> {
  readonly kind: Kind
  readonly message: string
  readonly remedy: string
}
