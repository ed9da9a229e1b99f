import type { MigrationFailure } from '../../model/history.ts'

/** Why Postgres most likely refused a migration, and what to do about it. */
export interface FailureCause {
  readonly cause: string
  readonly next: string
}

/** A kind of refusal: all failures of a SQLSTATE, narrowed by what Postgres says and by the statement. */
export interface CauseRow extends FailureCause {
  /** The case that provokes it on a real Postgres is found by this name. */
  readonly name: string
  readonly sqlstate: string | readonly string[]
  /** What the message must say; left out: anything. */
  readonly says?: RegExp
  /** What the statement must hold; left out: anything. A failure without a statement never matches. */
  readonly statement?: RegExp
  /** A further condition on the whole failure. */
  readonly when?: (failure: MigrationFailure) => boolean
}
