/** Context of each way the harness itself can be unable to judge, typed by code. Values must never hold row data or passwords. */
interface HarnessErrorContexts {
  /** Wrong arguments, unknown scenario, unknown phase. Exit 2. */
  usage: { readonly faults: readonly string[] }
  /** The scenario's plan contradicts itself or its folder. Exit 2. */
  'plan-invalid': { readonly scenario: string; readonly faults: readonly string[] }
  /** A snapshot folder that cannot be trusted: truncated, changed, missing or extra file, wrong row count. */
  'snapshot-invalid': {
    readonly snapshot: string
    readonly file: string
    readonly expected: string
    readonly found: string
  }
  /** A snapshot that does not show that no raw data are in it. Exit 2. */
  'snapshot-unproven': { readonly snapshot: string; readonly reasons: readonly string[] }
  /** A snapshot that was judged and must not be used: something leaked, its rows do not satisfy its schema, it was changed. Exit 1. */
  'snapshot-refused': { readonly snapshot: string; readonly reasons: readonly string[] }
  /** Postgres refused a part of the snapshot while it was loaded. */
  'snapshot-load-failed': {
    readonly snapshot: string
    readonly file: string
    readonly sqlstate: string
    readonly cause: string
  }
  /** Rows that `--scale` cannot multiply, because something must stay unique or valid that can't. Exit 2. */
  'scale-refused': {
    readonly snapshot: string
    readonly table: string
    readonly constraint: string
    readonly reason: string
  }
  /** A policy that contradicts itself, its source, or what it claims. Nothing was written. Exit 2. */
  'policy-invalid': { readonly policy: string; readonly faults: readonly string[] }
  /** The source could not be captured: no rights, too many rights, a time limit, something that cannot be rendered. */
  'capture-failed': { readonly source: string; readonly reason: string }
  /** No Postgres could be started or reached. */
  'postgres-unavailable': { readonly provider: string; readonly attempted: string; readonly cause: string }
  /** Postgres stopped answering in the middle of a run. */
  'postgres-lost': { readonly provider: string; readonly cause: string }
  /** A database operation on something we did not create. */
  'database-refused': { readonly database: string; readonly reason: string }
  /** The Postgres major differs between snapshot and server and --strict is set. */
  'version-mismatch': { readonly snapshotMajor: number; readonly serverMajor: number }
  /** The machine, or the machine of the Postgres server, has not enough of something. */
  'system-failed': {
    readonly lack: SystemLack
    readonly attempted: string
    /** Folder where it happened; null when it is the server's own. */
    readonly folder: string | null
  }
  /** The migration tool's engine failed in a way that says nothing about the migration. */
  'engine-failed': { readonly operation: string; readonly cause: string }
  /** The unified server did not start, died or hung. */
  'server-unavailable': {
    readonly attempted: string
    readonly cause: string
    readonly log: readonly string[]
  }
  /** A contract passed and failed on one and the same state, or failed for a reason that says nothing about the phases. */
  'contract-undecided': { readonly test: string; readonly reason: string }
  /** The OpenAPI document can't be held against anything. Exit 2. */
  'document-invalid': { readonly document: string; readonly faults: readonly string[] }
}

/** What a system can lack. */
export type SystemLack = 'space' | 'rights' | 'open-files' | 'connections' | 'memory'

export type HarnessErrorCode = keyof HarnessErrorContexts

/**
 * The court cannot sit: the harness could not judge. Never used for a fault of the migrations on trial (that is a `Finding`).
 * `message` says what was attempted, on what, what was found; `remedy` says what to do.
 */
export class HarnessError<C extends HarnessErrorCode = HarnessErrorCode> extends Error {
  override readonly name = 'HarnessError'
  readonly code: C
  readonly context: HarnessErrorContexts[C]
  readonly remedy: string

  constructor(
    code: C,
    message: string,
    remedy: string,
    context: HarnessErrorContexts[C],
    options?: { cause?: unknown },
  ) {
    super(message, options)
    this.code = code
    this.remedy = remedy
    this.context = context
  }
}
