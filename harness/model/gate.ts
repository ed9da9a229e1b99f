import type { DatabaseState, ProofStates } from './database-state.ts'
import type { Proof } from './proof.ts'
import type { Phase } from './scenario.ts'
import type { TargetFacts } from './target.ts'

/** What a gate or a verification asks. */
export type GateCheckKind =
  | 'proof'
  | 'age'
  | 'signature'
  | 'files'
  | 'server'
  | 'role'
  | 'pooler'
  | 'postgres'
  | 'extensions'
  | 'order'
  | 'history'
  | 'failed-rows'
  | 'effects'
  | 'catalog'
  | 'surroundings'
  | 'sizes'
  | 'rights'
  | 'deploys'
  | 'sessions'
  | 'preconditions'
  | 'backup'
  | 'disk'
  | 'expectations'
  | 'target-schema'
  | 'endpoints'

/** One thing that speaks against an apply. */
export interface GateFault {
  readonly says: string
  /** The file that it is about, from the project's root, with its SHA-256 now; left out: it is about no file. */
  readonly file?: string
  readonly sha256?: string
}

/** The answer to one question of a gate. `told` and `not-asked` decide nothing; `waived` was refused, and somebody answers for it. */
export interface GateCheck {
  readonly kind: GateCheckKind
  readonly outcome: 'held' | 'refused' | 'waived' | 'told' | 'not-asked'
  readonly says: string
  /** Each of what speaks against it, or is to be known. */
  readonly faults: readonly GateFault[]
}

/** An entry of `waivers.yaml`: somebody answers for what the gate refuses. */
export interface Waiver {
  readonly check: string
  /** How the fault begins; left out: every fault of the check. */
  readonly fault?: string
  /** SHA-256 of the file that the fault is about, hex. */
  readonly sha256?: string
  readonly reason: string
  readonly owner: string
  /** Last day on which it counts, `2026-12-31`. */
  readonly expires: string
}

/** A waiver that a gate used, or why it is void. */
export interface JudgedWaiver {
  readonly waiver: Partial<Waiver>
  /** null: it is valid. */
  readonly void: string | null
  /** How many faults it covers. */
  readonly covers: number
}

/** What a gate decided about one phase and one target. */
export interface GateDecision {
  readonly scenario: string
  readonly phase: number
  readonly isAllowed: boolean
  /** True: it was asked to report only, and stops nobody. */
  readonly isObserving: boolean
  readonly checks: readonly GateCheck[]
  readonly waivers: readonly JudgedWaiver[]
  readonly target: { readonly name: string; readonly systemIdentifier: string | null }
  /** The proof that it relies on: its path from the project's root, and its SHA-256. */
  readonly proof: { readonly file: string; readonly sha256: string }
  /** ISO 8601, by the clock of this machine. */
  readonly decidedAt: string
}

/** A proof as it lies in the project, with what was recomputed of all that it is about. */
export interface ReadProof {
  readonly file: string
  readonly sha256: string
  readonly proof: Proof
  /** null: the file beside the proof is missing, or is not the one that the proof names. */
  readonly states: ProofStates | null
  /** Where the project is not what was proven. */
  readonly changed: readonly GateFault[]
}

/** What a verified backup is known by: when it was verified, or why it counts for nothing. */
export type BackupWord =
  | { readonly at: string; readonly by: string }
  | { readonly unusable: string }
  | { readonly none: true }

/** Everything that a gate judges. */
export interface GateEvidence {
  readonly phase: Phase
  readonly phases: readonly Phase[]
  readonly read: ReadProof
  /** The state that phase N begins with and the one it ends with, as proven; null where they are not known. */
  readonly before: DatabaseState | null
  readonly after: DatabaseState | null
  /** Rows by which production is larger than the snapshot, keyed `namespace.table`. */
  readonly rowsLeftOut: Readonly<Record<string, number>>
  readonly target: TargetFacts
  /** System identifier that the target's name led to before; null: it was never asked. */
  readonly seenIdentifier: string | null
  readonly backup: BackupWord
  readonly signature: GateCheck
  readonly now: string
  readonly options: GateOptions
}

/** What a person allows a gate. */
export interface GateOptions {
  readonly maxAgeMs: number
  readonly backupMaxAgeMs: number
  /** Age from which on a transaction of somebody else counts as long. */
  readonly longMs: number
  readonly allowWritingRole: boolean
  readonly allowPooler: boolean
  /** The target's name may lead to another server than before. */
  readonly newServer: boolean
}

/** How a target stands after a phase was applied to it. */
export interface Verified {
  readonly scenario: string
  /** The phase that was applied last. */
  readonly phase: number
  /** True: it was the last of all, so the target is held against the target schema, too. */
  readonly isFinal: boolean
  readonly isVerified: boolean
  readonly checks: readonly GateCheck[]
  /** Titles of the expectations that cannot be asked of a database that is only read. */
  readonly leftOut: readonly string[]
  readonly target: GateDecision['target']
  readonly proof: GateDecision['proof']
  /** ISO 8601. */
  readonly verifiedAt: string
}
