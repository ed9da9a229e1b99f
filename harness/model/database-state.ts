import type { HistoryRow } from './history.ts'
import type { SchemaModel } from './schema-model.ts'

/** What can be told of a database without a value of any row: it tells whether another database is in the same state. */
export interface DatabaseState {
  /** The file of each sequence is left empty. */
  readonly schema: SchemaModel
  /** The tool's history without what a migration logged, which may quote rows; times of the replay are all 1970-01-01T00:00:00.000Z. */
  readonly history: readonly Omit<HistoryRow, 'logs'>[]
  /** Exact count(*) of every table, keyed `namespace.table`. */
  readonly rowCounts: Readonly<Record<string, number>>
}

/** The states that a proof leads through: where phase 1 began, and where each phase ended. */
export interface ProofStates {
  readonly format: 1
  readonly scenario: string
  readonly upTo: number
  readonly start: DatabaseState
  /** One per phase that was replayed without a failure, in order. */
  readonly phases: readonly { readonly phase: number; readonly name: string; readonly after: DatabaseState }[]
}
