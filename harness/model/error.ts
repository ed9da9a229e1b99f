/** Contexts of all errors of the harness, keyed by code. Values must never hold row data or passwords. */
interface HarnessErrorContexts {
  /** Wrong arguments, unknown scenario, unknown phase. Exit 2. */
  usage: { readonly faults: readonly string[] }
  /** The scenario's plan contradicts itself or its folder. Exit 2. */
  'plan-invalid': { readonly scenario: string; readonly faults: readonly string[] }
  /**
   * A snapshot folder that cannot be trusted: it is truncated or changed, a file is missing or extra, or a row count
   * is wrong.
   */
  'snapshot-invalid': {
    readonly snapshot: string
    readonly file: string
    readonly expected: string
    readonly found: string
  }
  /** A snapshot without proof that it holds no raw data. Exit 2. */
  'snapshot-unproven': { readonly snapshot: string; readonly reasons: readonly string[] }
  /**
   * A snapshot that was judged unfit: something leaked, its rows do not satisfy its schema, or it was changed. Exit
   * 1.
   */
  'snapshot-refused': { readonly snapshot: string; readonly reasons: readonly string[] }
  /** Postgres refused a part of the snapshot while it was loaded. */
  'snapshot-load-failed': {
    readonly snapshot: string
    readonly file: string
    readonly sqlstate: string
    readonly cause: string
  }
  /** Rows that `--scale` cannot multiply, because something must stay unique or valid and cannot. Exit 2. */
  'scale-refused': {
    readonly snapshot: string
    readonly table: string
    readonly constraint: string
    readonly reason: string
  }
  /** A policy that contradicts itself, its source or its claim. Nothing was written. Exit 2. */
  'policy-invalid': { readonly policy: string; readonly faults: readonly string[] }
  /**
   * A source that could not be captured: missing rights, too many rights, a time limit, an object that cannot be
   * rendered.
   */
  'capture-failed': { readonly source: string; readonly reason: string }
  /** No Postgres could be started or reached. */
  'postgres-unavailable': { readonly provider: string; readonly attempted: string; readonly cause: string }
  /** Postgres stopped answering in the middle of a run. */
  'postgres-lost': { readonly provider: string; readonly cause: string }
  /** A database operation on something we did not create. */
  'database-refused': { readonly database: string; readonly reason: string }
  /** A role that a run needs and cannot have on this server. */
  'role-refused': { readonly role: string; readonly reason: string }
  /** The Postgres major differs between snapshot and server and --strict is set. */
  'version-mismatch': { readonly snapshotMajor: number; readonly serverMajor: number }
  /** The machine, or the machine of the Postgres server, has not enough of something. */
  'system-failed': {
    readonly lack: SystemLack
    readonly attempted: string
    /** Folder where it happened; null when it is the server's own. */
    readonly folder: string | null
  }
  /** The server has not what production's has: an extension, a locale, a library. It is no fault of a migration. Exit 3. */
  'server-lacks': {
    /** `extension vector`, `collation de_DE`. */
    readonly object: string
    /** A public container image that has it; null when none is known. */
    readonly image: string | null
  }
  /** The migration tool's engine failed in a way that says nothing about the migration. */
  'engine-failed': { readonly operation: string; readonly cause: string }
  /** The scenario's server did not start, died or hung. */
  'server-unavailable': {
    readonly attempted: string
    readonly cause: string
    readonly log: readonly string[]
  }
  /**
   * A contract that passed and failed on the same state, or failed for a reason that says nothing about the phases.
   */
  'contract-undecided': { readonly test: string; readonly reason: string }
  /** An OpenAPI document that answers cannot be compared with. Exit 2. */
  'document-invalid': { readonly document: string; readonly faults: readonly string[] }
}

/** What a system can lack. */
export type SystemLack = 'space' | 'rights' | 'open-files' | 'connections' | 'memory'

export type HarnessErrorCode = keyof HarnessErrorContexts

/**
 * The error for a harness that could not judge, never for a fault of the migrations on trial (a `Finding`). `message`
 * says what was attempted, on what, and what was found; `remedy` says what to do.
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
